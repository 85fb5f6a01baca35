using Pipeline.GitHub.Workflows;
using Pipeline.Testing.PublicApi;

namespace Pipeline.GitHub.Tests;

public sealed class ThePublicApi
{
    [Fact]
    public void The_public_types_and_members_are_those_that_were_agreed() => PublicSurface.MustBeTheAgreedOne(typeof(Workflow).Assembly);
}
