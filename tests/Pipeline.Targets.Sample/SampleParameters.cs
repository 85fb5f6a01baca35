namespace Pipeline.Targets.Sample;

public static class SampleParameters
{
    public static readonly Parameter<string> Engine = new("engine", "What runs instances") { Default = "process", Allowed = ["process", "docker"] };

    public static readonly Parameter<TimeSpan> Watch = new("watch", "How long to watch") { Default = TimeSpan.FromMinutes(15), Minimum = TimeSpan.Zero, Maximum = TimeSpan.FromHours(2) };

    public static readonly Parameter<bool> Json = new("json", "Writes one JSON document");

    public static readonly Parameter<string> Token = new("token", "Signs in") { IsSecret = true };

    public static readonly Parameter<string> Reason = new("reason", "Why") { RequiredBy = ["Override"] };

    public static readonly Parameter<string> Marks = new("marks", "A folder in which targets leave marks for the tests") { Default = "marks" };
}
