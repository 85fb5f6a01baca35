namespace Pipeline.Edge.Journal;

/// <summary>Routes could not be kept, so they did not take effect; or what was kept cannot be read.</summary>
internal sealed class JournalException(string message, Exception? cause = null) : Exception(message, cause);
