using System.Collections.Concurrent;
using System.Reflection;
using Cake.Frosting;

namespace Pipeline.Targets.Graphs;

/// <summary>The name of a target: that of its <see cref="TaskNameAttribute"/>, else that of its class.</summary>
internal static class TargetNames
{
    private static readonly ConcurrentDictionary<Type, string> Known = new();

    internal static string Of(Type target) => Known.GetOrAdd(target, type => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name);
}
