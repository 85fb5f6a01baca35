namespace Pipeline.Delivery.Releases;

/// <summary>One database migration that a release carries.</summary>
/// <param name="Id">File name without extension: <c>0003_orders</c>; the ordinal order of the ids is the order of application.</param>
/// <param name="Checksum">sha256 of the file's bytes, lower-case hexadecimal.</param>
/// <param name="BackwardCompatible">
/// Whether the version before this migration still works on the database after it. The file says <c>-- pipeline: contract</c> when not.
/// </param>
public sealed record Migration(string Id, string Checksum, bool BackwardCompatible);
