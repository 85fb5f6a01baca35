using Cake.Core;

namespace Pipeline.Targets.Running;

/// <summary>A target in this run: the task that Cake knows, and the target behind it where it is one of the pipeline's.</summary>
internal sealed record RunNode(string Name, CakeTask Task, PipelineTarget? Target, IReadOnlyList<string> Dependencies, bool IsRequested);
