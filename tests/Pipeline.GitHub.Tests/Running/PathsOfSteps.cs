using Pipeline.GitHub.Running;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Running;

public sealed class PathsOfSteps
{
    [Fact]
    public void A_folder_is_a_line_and_whatever_would_be_two_is_refused()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("path");
        var path = new StepPath(file);
        path.Add("/opt/tools and more");
        Assert.Equal("'/opt\n/evil' cannot be added to the path of later steps; give an absolute path without control characters (Parameter 'folder')", Assert.Throws<ArgumentException>(() => path.Add("/opt\n/evil")).Message);
        Assert.Throws<ArgumentException>(() => path.Add("tools"));
        new StepPath(null).Add("/opt");
        Assert.Equal("/opt/tools and more\n", File.ReadAllText(file));
    }
}
