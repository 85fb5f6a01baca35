using Pipeline.GitHub.Rehearsal.Expressions;

namespace Pipeline.GitHub.Rehearsal.Reading;

/// <summary>Reads the shell and folder of all scripts.</summary>
internal static class RunDefaultsReader
{
    internal static RunDefaults Read(Mapping of, Place place, Faults faults)
    {
        if (of.Take("defaults") is not { } node)
            return new(null, null);
        var defaults = new Mapping(node, "defaults", faults);
        var found = new RunDefaults(null, null);
        if (defaults.Take("run") is { } runNode)
        {
            var run = new Mapping(runNode, "defaults.run", faults);
            found = new(run.Text("shell", place), run.Text("working-directory", place));
            run.RefuseOthers();
        }
        defaults.RefuseOthers();
        return found;
    }
}
