namespace Pipeline.Artifacts.Storing;

/// <summary>A layer that is still to be written.</summary>
/// <param name="CreatedBy">What the image's history says of it.</param>
/// <param name="Write">Writes it as a tar archive.</param>
internal sealed record PlannedLayer(string CreatedBy, Func<Stream, CancellationToken, Task> Write);
