using Pipeline.GitHub.Workflows;

namespace Build.Workflows;

/// <summary>
/// The actions that workflows use, each at the commit where it is used first. From then on the committed workflows say at which, so that Dependabot bumps them where
/// they stand (.github/dependabot.yml).
/// </summary>
public sealed class ShopActions(ActionPins pins)
{
    public RunnerActions OfEveryJob { get; } = new(
        pins.Of(new("actions/checkout", "08c6903cd8c0fde910a37f88322edcfb5dd907a8", "v5.0.0")),
        pins.Of(new("actions/setup-dotnet", "d4c94342e560b34958eacfc5d055d21461ed1c5d", "v5.0.0")),
        pins.Of(new("actions/upload-artifact", "ea165f8d65b6e75b540449e92b4886f43607fa02", "v4.6.2")),
        pins.Of(new("actions/download-artifact", "634f93cb2916e3fdff6788551b99b062d0335ce0", "v5.0.0")));

    public ActionPin Attest { get; } = pins.Of(new("actions/attest-build-provenance", "977bb373ede98d70efdf65b84cb5f73e068dcc2a", "v3.0.0"));
}
