using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Targets.Graphs;

namespace Pipeline.Targets;

/// <summary>The targets of a program by name, each with those that it depends on: for what is made of the graph, such as the jobs of a workflow.</summary>
public static class TargetMap
{
    /// <summary>The targets of these assemblies. What a constructor takes and what attributes name are dependencies alike; none is made for it.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(params ReadOnlySpan<Assembly> assemblies)
    {
        return TargetCatalog.Find(assemblies.ToArray(), new ServiceCollection()).Graph().Nodes.ToDictionary(node => node.Name, node => node.Dependencies, StringComparer.Ordinal);
    }

    /// <summary>The name of a target: that of its <c>[TaskName]</c>, else that of its class.</summary>
    public static string NameOf<TTarget>()
        where TTarget : PipelineTarget => TargetNames.Of(typeof(TTarget));
}
