using Cake.Frosting;

namespace Build.Targets;

[TaskName("Default")]
[TaskDescription("Does nothing: says which targets there are when asked with --description.")]
public sealed class DefaultTarget : FrostingTask;
