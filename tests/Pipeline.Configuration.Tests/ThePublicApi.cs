using Pipeline.Configuration.Settings;
using Pipeline.Testing.PublicApi;

namespace Pipeline.Configuration.Tests;

public sealed class ThePublicApi
{
    [Fact]
    public void The_public_types_and_members_are_those_that_were_agreed() => PublicSurface.MustBeTheAgreedOne(typeof(SettingsSchema).Assembly);
}
