using System.Collections.Concurrent;

namespace Pipeline.Targets.Fingerprints;

/// <summary>Reads the inputs that targets declare.</summary>
/// <param name="root">The working directory.</param>
/// <param name="state">The folder of the pipeline's own state.</param>
/// <param name="everyTargetReads">Globs that belong to the inputs of every target.</param>
/// <param name="parameters">The parameters of the run.</param>
/// <param name="mask">Masks secrets: a fingerprint is kept in evidence, and must be the same when it is read there.</param>
internal sealed class InputReader(
    string root, string state, IReadOnlyList<string> everyTargetReads, ParameterValues parameters, Func<string, string> mask)
{
    private readonly Lock gate = new();
    private readonly WorkTree tree = new(root, state);
    private readonly Lazy<StatCache> cache = new(() => StatCache.Open(root, Path.Combine(state, "cache", "files"), TimeProvider.System));
    private readonly ConcurrentDictionary<string, string?> known = new(StringComparer.Ordinal);

    /// <summary>The fingerprint of a target's inputs, with the results of the targets that it takes.</summary>
    internal Fingerprint Read(Inputs inputs, IEnumerable<InputPart> taken)
    {
        var globs = inputs.Include.Concat(inputs.IsEmpty ? [] : everyTargetReads).Select(Parse).ToArray();
        var excludes = inputs.Exclude.Select(Parse).ToArray();
        var declared = inputs.Parts.Concat(inputs.Parameters.Select(Part)).Select(part => part with { Value = mask(part.Value) });
        return new([.. Files(globs, excludes), .. declared, .. taken]);
    }

    /// <summary>Begins to list the files while the run prepares itself.</summary>
    internal void Begin()
    {
        lock (gate)
            tree.Begin();
    }

    /// <summary>A target ran: what is known of the files may no longer be true.</summary>
    internal void Forget()
    {
        lock (gate)
        {
            tree.Forget();
            known.Clear();
        }
    }

    internal void Save()
    {
        if (cache.IsValueCreated)
            cache.Value.Save();
    }

    // A folder stands for all that is in it.
    private Glob Parse(string pattern)
    {
        var glob = Glob.Parse(pattern);
        return glob.IsLiteral && Directory.Exists(Path.Combine(root, glob.Pattern)) ? Glob.Parse($"{glob.Pattern.TrimEnd('/')}/**") : glob;
    }

    private ConcurrentBag<InputPart> Files(Glob[] globs, Glob[] excludes)
    {
        var wild = globs.Where(glob => !glob.IsLiteral).ToArray();
        var paths = new HashSet<string>(globs.Where(glob => glob.IsLiteral).Select(glob => glob.Pattern), StringComparer.Ordinal);
        IReadOnlyList<string> tracked;
        lock (gate)
            tracked = wild.Length > 0 ? tree.Files : [];
        paths.UnionWith(tracked.Where(path => Array.Exists(wild, glob => glob.Matches(path)) && !Array.Exists(excludes, glob => glob.Matches(path))));
        var literal = globs.Where(glob => glob.IsLiteral).Select(glob => glob.Pattern).ToHashSet(StringComparer.Ordinal);
        var hashes = new ConcurrentBag<InputPart>();
        Parallel.ForEach(Partitioner.Create(paths.ToArray(), loadBalance: true), path =>
        {
            var hash = known.GetOrAdd(path, static (path, cache) => cache.Hash(path), cache.Value);
            // A tracked file that was deleted is no input; one that was asked for by name is, as absent.
            if (hash is not null || literal.Contains(path))
                hashes.Add(new("file", path, hash ?? "absent"));
        });
        return hashes;
    }

    private InputPart Part(IParameter parameter) => new(
        "parameter",
        parameter.Name,
        parameter.IsSecret ? (parameters.IsGiven(parameter) ? "set" : "not set") : parameters.Text(parameter));
}
