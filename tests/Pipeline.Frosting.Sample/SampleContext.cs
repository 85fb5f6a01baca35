using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Frosting.Sample;

public sealed class SampleContext(ICakeContext context) : FrostingContext(context)
{
    public string Stage { get; set; } = "fresh";

    public static void Say(string line) => Console.WriteLine(line);
}
