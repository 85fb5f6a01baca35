using Pipeline.GitHub.Running;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Running;

public sealed class OutputsOfSteps : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public void A_value_forges_no_other_output()
    {
        const string Hostile = "one\nEOF\nother=forged\n::set-output name=a::b";
        var file = folder.Combine("output");
        var output = new StepOutput(file, text => text);
        output.Write("first", Hostile);
        output.Write("second", "");

        Assert.Equal([("first", Hostile), ("second", "")], Read(file));
    }

    [Fact]
    public void Outside_of_a_runner_nothing_is_written_but_names_are_still_checked()
    {
        new StepOutput(null, text => text).Write("digest", "x");
        Assert.Throws<ArgumentException>(() => new StepOutput(null, text => text).Write("a\nb", "x"));
    }

    [Fact]
    public void A_value_with_a_secret_in_it_is_refused_and_not_in_the_message()
    {
        var file = folder.Combine("output");
        var refused = Assert.Throws<ArgumentException>(() => new StepOutput(file, text => text.Replace("hush", "***", StringComparison.Ordinal)).Write("address", "http://hush@x"));

        Assert.Equal("output address has a secret in it, and later steps would find it unmasked; hand on what names the secret, and read it where it is needed (Parameter 'value')", refused.Message);
        Assert.False(File.Exists(file));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>As the runner reads it: a name and a mark, then all lines to the mark.</summary>
    private static IEnumerable<(string Name, string Value)> Read(string file)
    {
        var lines = new Queue<string>(File.ReadAllText(file).TrimEnd('\n').Split('\n'));
        while (lines.TryDequeue(out var line))
        {
            var (name, mark) = line.Split("<<") is [var first, var second] ? (first, second) : throw new InvalidDataException(line);
            List<string> value = [];
            while (lines.Dequeue() is var next && next != mark)
                value.Add(next);
            yield return (name, string.Join('\n', value));
        }
    }
}
