using Pipeline.Delivery;

namespace Pipeline.Artifacts.Tests;

public sealed class SpecificationTests
{
    [Fact]
    public async Task Every_fault_of_a_specification_is_said_at_once()
    {
        using var sample = new Sample();
        var image = sample.Image() with
        {
            Version = "one two",
            Commit = "abc",
            Entrypoint = [],
            WorkingDirectory = "app",
            Layers = [new LayerSource("/does/not/exist", "/app"), new LayerSource(sample.Application, "../app")],
            Environment = new Dictionary<string, string> { ["A B"] = "1", ["PIPELINE_COMMIT"] = "2" },
        };
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.Store.WriteAsync(image, TestContext.Current.CancellationToken));
        Assert.Equal(
            """
            the image of sample one two cannot be built:
              - Version 'one two' cannot name an image; use letters, digits and . - + _, at most 128, starting with a letter or digit
              - Commit 'abc' is no full commit id; give 40 or 64 lower-case hexadecimal digits
              - Entrypoint is empty; name the program that starts the application
              - WorkingDirectory 'app' is no absolute path in the image; write one such as /app
              - layer target '../app' is no absolute path in the image; write one such as /app
              - Environment: 'A B' is no name of a variable; use letters, digits and _
              - Environment: PIPELINE_COMMIT is set from the image's own facts; take it out
              - layer /app: the folder /does/not/exist does not exist; publish the application first
            """,
            refusal.Message);
        Assert.False(Directory.Exists(sample.StoreRoot));
    }

    [Fact]
    public async Task A_link_in_the_application_is_refused_by_name()
    {
        using var sample = new Sample();
        File.CreateSymbolicLink(Path.Combine(sample.Application, "passwords"), "/etc/passwd");
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.WriteAsync());
        Assert.Equal(
            $"the image of sample 1.2.3 cannot be built:\n  - {sample.Application}/passwords is a link to /etc/passwd; an image holds regular files only: put the file itself there",
            refusal.Message);
    }
}
