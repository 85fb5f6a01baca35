using Pipeline.Supervision;
using Pipeline.Supervision.Identity;
using Pipeline.Supervision.Records;
using Pipeline.Supervisor.Logs;

namespace Pipeline.Supervisor.Life;

/// <summary>What this supervisor writes down. What a full disk refuses is written as soon as there is space again.</summary>
internal sealed class Records
{
    private readonly ProcessFolder folder;
    private readonly Journal journal;
    private bool isUnwritten;

    internal Records(ProcessFolder folder, ProcessIdentity self, Journal journal)
    {
        this.folder = folder;
        this.journal = journal;
        var specification = folder.ReadSpecification()
            ?? throw new SupervisionException($"{folder.Specification}: no specification can be read from it; start the process again");
        State = (folder.ReadState() ?? new StateRecord { Supervisor = self, Specification = specification }) with { Supervisor = self, Fault = null };
    }

    /// <summary>What stands in the file, or will.</summary>
    internal StateRecord State { get; private set; }

    internal void Write(StateRecord state)
    {
        State = state;
        isUnwritten = true;
        WriteAgain();
    }

    /// <summary>Announces a start, so that its process can be found even if this supervisor is killed before it knows the number.</summary>
    internal string Announce()
    {
        var start = Guid.NewGuid().ToString("N");
        Write(State with { Starting = start });
        return start;
    }

    /// <summary>Writes what could not be written before; looks also whether somebody removed the file.</summary>
    internal void WriteAgain()
    {
        if (!isUnwritten && File.Exists(folder.State))
            return;
        try
        {
            folder.Create(State.Specification.User);
            RecordFile.Write(folder.State, State, SupervisionJson.Default.StateRecord);
            isUnwritten = false;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            isUnwritten = true;
        }
    }

    /// <summary>Makes the specification in its own file the running one.</summary>
    internal void WriteSpecification()
    {
        try
        {
            RecordFile.WriteDurably(folder.Specification, State.Specification, SupervisionJson.Default.ProcessSpecification);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The state file holds it too, and is the one that decides.
            journal.Say($"spec.json could not be written: {refused.Message}");
        }
    }

    /// <summary>Takes the request to replace; null when there is none.</summary>
    internal ReplaceRequest? TakeRequest()
    {
        var request = RecordFile.Read(folder.Next, SupervisionJson.Default.ReplaceRequest);
        File.Delete(folder.Next);
        return request;
    }
}
