using Pipeline.Supervision.Checks;
using Pipeline.Supervision.Records;

namespace Pipeline.Supervision.Identity;

/// <summary>
/// Finds the process whose supervisor was killed in the moment between starting it and writing its number down. Proof: it leads a session and carries the
/// name of the start that was announced and never confirmed. Linux only; elsewhere that moment stays.
/// </summary>
internal static class UnrecordedProcess
{
    internal static ProcessIdentity? Of(StateRecord? state) => state?.Starting is { } start
        ? ProcFile.All().Where(id => ProcessIdentity.LeadsSession(id) && ProcFile.Variable(id, SpecificationCheck.StartVariable) == start)
            .Select(ProcessIdentity.Of).FirstOrDefault(found => found is not null)
        : null;
}
