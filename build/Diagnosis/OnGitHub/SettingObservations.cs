namespace Build.Diagnosis.OnGitHub;

/// <summary>What is seen of the secrets and variables that jobs read, beside those that are set.</summary>
public static class SettingObservations
{
    public static IEnumerable<Observation> Of(IReadOnlyList<NeededSetting> needed, SettingPlaces places)
    {
        List<string> present = [];
        Dictionary<NameList, List<string>> unknown = [];
        List<Observation> missing = [];
        foreach (var setting in needed)
        {
            var lacking = setting.Places.Where(place => !places.Asked(place).Any(list => list.Holds(setting.Name))).ToArray();
            var unread = lacking.SelectMany(places.Asked).Where(list => list.Names is null).Distinct().ToArray();
            var surely = lacking.Where(place => places.Asked(place).All(list => list.Names is not null)).ToArray();
            if (lacking.Length == 0)
                present.Add(setting.Name);
            foreach (var list in unread)
                (unknown.TryGetValue(list, out var names) ? names : unknown[list] = []).Add(setting.Name);
            if (surely.Length > 0)
                missing.Add(Missing(setting, surely));
        }
        if (present.Count > 0)
            yield return new(needed[0].Kind == SettingKind.Secret ? "secrets" : "variables", Sound: true, $"{string.Join(", ", present)} {(present.Count == 1 ? "is" : "are")} set");
        foreach (var observation in missing.Concat(needed.Where(setting => setting.Kind == SettingKind.Secret).SelectMany(secret => TooFar(secret, places))))
            yield return observation;
        foreach (var (list, names) in unknown)
            yield return Observation.Unknown(list.Place, $"cannot be read, so nothing is known of {string.Join(", ", names)}, which no other place holds: {list.Unread}");
    }

    // What an environment keeps for the branches that may deploy there, the repository and its organization tell to every branch.
    private static IEnumerable<Observation> TooFar(NeededSetting secret, SettingPlaces places)
    {
        var kept = places.Everywhere.FirstOrDefault(list => list.Holds(secret.Name));
        var owners = secret.Places.OfType<string>().Where(place => places.Asked(place).First() is { Names: not null } own && !own.Holds(secret.Name)).ToArray();
        if (kept is null || owners.Length == 0 || secret.Places.Contains(null))
            yield break;
        yield return Observation.Remark(
            secret.Title, $"is among the {kept.Place}, where the workflows of every branch read it; {Remedy(secret, owners)}, then delete it there");
    }

    private static Observation Missing(NeededSetting setting, IReadOnlyList<string?> places)
    {
        var where = setting.IsEarly || places.Contains(null)
            ? "in the repository"
            : $"in {string.Join(", ", places.Select(place => $"environment {place}"))} or the repository";
        if (setting.Otherwise is { } otherwise)
            return Observation.Remark(setting.Title, $"not set {where}, so {otherwise}");
        var result = setting.Decides.Count > 0
            ? Jobs(setting.Decides, "is skipped without it", "are skipped without it")
            : Jobs([.. setting.Jobs.Where(job => setting.IsEarly || places.Contains(job.Environment)).Select(job => job.Job)], "needs it", "need it");
        return new(setting.Title, Sound: false, $"not set {where}; {result}; {Remedy(setting, places)}");
    }

    private static string Jobs(IReadOnlyList<string> jobs, string one, string several) => jobs.Count == 1 ? $"job {jobs[0]} {one}" : $"jobs {string.Join(", ", jobs)} {several}";

    private static string Remedy(NeededSetting setting, IReadOnlyList<string?> places)
    {
        var command = $"gh {setting.Word} set {setting.Name}";
        // A secret reaches no more jobs than those that need it.
        var isOfEnvironments = setting.Kind == SettingKind.Secret && !places.Contains(null);
        return $"run {(isOfEnvironments ? string.Join(" and ", places.Select(place => $"{command} --env {place}")) : command)}";
    }
}
