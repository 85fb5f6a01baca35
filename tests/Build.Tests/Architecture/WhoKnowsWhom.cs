namespace Build.Tests.Architecture;

public sealed class WhoKnowsWhom
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Table = KnowsTable.Read();

    // The program that watches one process is named in the row of the library whose program it is.
    private const string Supervisor = "src/Pipeline.Supervisor";

    [Fact]
    public void Every_project_has_a_row_in_the_table_and_every_row_a_project() =>
        Assert.Equal(Table.Keys.Append(Supervisor).Order(StringComparer.Ordinal), Project.All.Select(project => project.Room).Order(StringComparer.Ordinal));

    [Fact]
    public void No_project_knows_another_than_the_table_allows()
    {
        var faults = from project in Project.All
                     from known in project.Knows
                     where !Allowed(project.Room).Contains(known)
                     select $"{project.Room} references {known}, but docs/architecture.md lets it know only: {string.Join(", ", Allowed(project.Room))}";
        Assert.Empty(faults);
    }

    [Fact]
    public void Targets_and_Delivery_do_not_know_each_other()
    {
        Assert.DoesNotContain("src/Pipeline.Delivery", Reach("src/Pipeline.Targets"));
        Assert.DoesNotContain("src/Pipeline.Targets", Reach("src/Pipeline.Delivery"));
    }

    [Fact]
    public void Cake_is_known_only_where_targets_are() =>
        Assert.Equal(["build", "src/Pipeline.Applications", "src/Pipeline.Docker", "src/Pipeline.Frosting", "src/Pipeline.Targets"], Project.All.Where(project => project.UsesCake).Select(project => project.Room).Order(StringComparer.Ordinal));

    [Fact]
    public void The_delivery_asks_for_no_package_at_all() =>
        Assert.Empty(Project.All.Single(project => project.Room == "src/Pipeline.Delivery").Packages);

    private static IReadOnlyList<string> Allowed(string room)
    {
        if (room == Supervisor)
            return ["src/Pipeline.Supervision"];
        return Table.TryGetValue(room, out var knows) ? knows switch
        {
            ["everything"] => [.. Project.All.Select(project => project.Room)],
            ["nothing"] or ["Cake"] => [],
            _ => [.. knows.Select(name => $"src/Pipeline.{name}")],
        } : [];
    }

    private static HashSet<string> Reach(string room)
    {
        HashSet<string> reached = [];
        Stack<string> open = new([room]);
        while (open.TryPop(out var next))
        {
            foreach (var known in Project.All.Single(project => project.Room == next).Knows.Where(reached.Add))
                open.Push(known);
        }
        return reached;
    }
}
