namespace Pipeline.Supervision;

/// <summary>A supervised process as it was observed.</summary>
/// <param name="Specification">What was asked for.</param>
/// <param name="Running">Whether the process itself is alive and provably the one that was started.</param>
/// <param name="Supervised">Whether its supervisor is alive too.</param>
/// <param name="ProcessId">The present process; null when there is none.</param>
/// <param name="StartedAt">When the present process started; when the last one did if there is none.</param>
/// <param name="Restarts">How often it was started again by its supervisor.</param>
/// <param name="LastExit">How the last process that ended did: <c>exit code 3</c>, <c>signal 9</c>; null when none did.</param>
public sealed record ProcessState(
    ProcessSpecification Specification, bool Running, bool Supervised, int? ProcessId, DateTimeOffset StartedAt, int Restarts, string? LastExit);
