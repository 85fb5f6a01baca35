namespace Pipeline.Targets;

/// <summary>What a target adds to the summary of the run, which GitHub shows on the page of a job. Texts may hold anything: they are masked and escaped.</summary>
public abstract record SummaryPart
{
    private protected SummaryPart()
    {
    }
}

/// <summary>What came of the tests of a project.</summary>
/// <param name="Project">Its name.</param>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Skipped">How many were skipped.</param>
public sealed record TestCounts(string Project, int Passed, int Failed, int Skipped) : SummaryPart;

/// <summary>How much of an assembly the tests ran.</summary>
/// <param name="Assembly">Its name.</param>
/// <param name="Percent">Of its lines, 0 to 100.</param>
/// <param name="Asked">How much is asked for, 0 to 100.</param>
public sealed record LineCoverage(string Assembly, double Percent, double Asked) : SummaryPart;

/// <summary>A station on the way from the sources to the users. Stations are shown in the order in which targets pass them.</summary>
/// <param name="Place">What or where it is: <c>sources</c>, <c>artifact</c>, <c>staging</c>.</param>
/// <param name="Identity">What is there: a commit, a digest, a version.</param>
public sealed record LineageStation(string Place, string Identity) : SummaryPart;

/// <summary>Where people find something.</summary>
/// <param name="Name">What it is, such as an environment.</param>
/// <param name="Address">An address of http or https; another one is shown as text.</param>
public sealed record SummaryLink(string Name, Uri Address) : SummaryPart;

/// <summary>Facts in rows, such as sizes.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">As many cells each as there are headings.</param>
public sealed record SummaryTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : SummaryPart;

/// <summary>Something that the reader should know, in a sentence.</summary>
/// <param name="Text">The sentence.</param>
public sealed record SummaryNote(string Text) : SummaryPart;
