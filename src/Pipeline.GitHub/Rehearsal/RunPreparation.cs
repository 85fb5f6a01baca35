using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.GitHub.Rehearsal.Expressions.Values;
using Pipeline.GitHub.Rehearsal.Reading;
using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Rehearsal;

/// <summary>What begins a rehearsal: the event with its inputs, and the branch that it is about.</summary>
internal sealed record RunPreparation(string Event, string Ref, IReadOnlyDictionary<string, string> Entered, IReadOnlyDictionary<string, Value> Inputs)
{
    private const string Manual = "workflow_dispatch";

    private static readonly string[] Known = ["push", "pull_request", Manual, "merge_group", "schedule"];

    /// <exception cref="RehearsalException">The workflow does not begin so, or inputs are missing or wrong: all faults are in it.</exception>
    internal static RunPreparation Prepare(RehearsalRequest request, WorkflowSource workflow, RehearsedCommit commit)
    {
        List<string> faults = [];
        var began = request.Event ?? Known.FirstOrDefault(workflow.On.Events.Contains) ?? "";
        if (!workflow.On.Events.Contains(began))
            faults.Add($"event '{began}' does not begin {workflow.File}; {string.Join(", ", workflow.On.Events)} does");
        else if (!Known.Contains(began))
            faults.Add($"event '{began}' cannot be rehearsed; {string.Join(", ", Known)} can");
        var entered = began == Manual ? Enter(request, workflow.On.Inputs, faults) : [];
        if (began != Manual && request.Inputs.Count > 0)
            faults.Add($"inputs {string.Join(", ", request.Inputs.Keys)} are given, and event '{began}' takes none; say --event {Manual}");
        if (faults.Count > 0)
            throw new RehearsalException(faults);
        var branch = began == "push" && workflow.On.Branch is { } declared ? declared : commit.Branch ?? "main";
        var reference = began == "pull_request" ? "refs/pull/1/merge" : $"refs/heads/{branch}";
        return new(began, reference, entered, entered.ToDictionary(input => input.Key, input => TypedValue(workflow.On.Inputs.First(declared => declared.Name == input.Key), input.Value)));
    }

    /// <summary>The event as GitHub would send it, as far as it is known here.</summary>
    internal string EventJson(RepositoryName name, string actor, RehearsedCommit commit)
    {
        var sender = new JsonObject { ["login"] = actor, ["id"] = 1 };
        var payload = new JsonObject
        {
            ["repository"] = new JsonObject
            {
                ["id"] = 1,
                ["name"] = name.Name,
                ["full_name"] = $"{name}",
                // What only a public one does is rehearsed, too.
                ["visibility"] = "public",
                ["default_branch"] = "main",
                ["owner"] = new JsonObject { ["login"] = name.Owner },
                ["html_url"] = $"https://github.com/{name}",
            },
            ["sender"] = sender,
            ["ref"] = Ref,
        };
        var author = new JsonObject { ["name"] = actor };
        switch (Event)
        {
            case "push":
                payload["after"] = commit.Id;
                payload["head_commit"] = new JsonObject { ["id"] = commit.Id, ["message"] = commit.Message, ["author"] = author };
                break;
            case "pull_request":
                payload["action"] = "synchronize";
                payload["number"] = 1;
                payload["pull_request"] = new JsonObject
                {
                    ["number"] = 1,
                    ["title"] = commit.Message.Split('\n')[0],
                    ["head"] = new JsonObject { ["ref"] = "rehearsal", ["sha"] = commit.Id, ["repo"] = new JsonObject { ["full_name"] = $"{name}", ["fork"] = false } },
                    ["base"] = new JsonObject { ["ref"] = "main", ["repo"] = new JsonObject { ["full_name"] = $"{name}" } },
                    ["user"] = sender.DeepClone(),
                };
                break;
            case Manual:
                payload["inputs"] = new JsonObject(Entered.Select(input => KeyValuePair.Create<string, JsonNode?>(input.Key, input.Value)));
                break;
        }
        return payload.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static Dictionary<string, string> Enter(RehearsalRequest request, IReadOnlyList<InputSource> declared, List<string> faults)
    {
        foreach (var name in request.Inputs.Keys.Where(name => declared.All(input => input.Name != name)))
            faults.Add($"input '{name}' is none of the workflow; there are {(declared.Count == 0 ? "none" : string.Join(", ", declared.Select(input => input.Name)))}");
        Dictionary<string, string> entered = [];
        foreach (var input in declared)
        {
            var value = request.Inputs.TryGetValue(input.Name, out var given) ? given : input.Default ?? (input.Type == "boolean" ? "false" : "");
            if (value.Length == 0 && input.IsRequired)
                faults.Add($"input {input.Name} is required and not given; say --inputs {input.Name}=…");
            else if (value.Length > 0 && Fault(input, value) is { } fault)
                faults.Add($"input {input.Name} is '{value}'; {fault}");
            entered[input.Name] = value;
        }
        return entered;
    }

    private static string? Fault(InputSource input, string value) => input.Type switch
    {
        "choice" when !input.Options.Contains(value) => $"write one of {string.Join(", ", input.Options)}",
        "boolean" when value is not ("true" or "false") => "write true or false",
        "number" when double.IsNaN(NumberText.Read(value)) => "write a number",
        _ => null,
    };

    private static Value TypedValue(InputSource input, string value) => input.Type switch
    {
        "boolean" => Value.Of(value == "true"),
        "number" when value.Length > 0 => Value.Of(NumberText.Read(value)),
        _ => Value.Of(value),
    };
}
