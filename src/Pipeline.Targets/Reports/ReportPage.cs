using Pipeline.Targets.Fingerprints;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Reports;

/// <summary>The report of a run for people: one page that needs nothing but itself.</summary>
internal static class ReportPage
{
    internal static void Write(string path, RunFacts run, SecretMasker masker) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(masker.Mask($"<!doctype html><title>{run.Id}</title>"));
    });
}
