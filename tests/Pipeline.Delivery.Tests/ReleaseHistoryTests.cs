using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Tests;

public sealed class ReleaseHistoryTests
{
    private static readonly Release A = World.Releases.A;
    private static readonly Release B = World.Releases.B;
    private static readonly Release C = World.Releases.C;

    [Fact]
    public void After_a_rollback_the_newest_releases_are_those_that_the_next_rollback_returns_to()
    {
        var history = Of(Forward(A), Forward(B), Forward(C), Back(B));

        Assert.Equal(A.Digest, history.Previous!.Release.Digest);
        Assert.Equal([A.Digest, B.Digest], history.Newest(1).Order(ByText));
    }

    [Fact]
    public void Going_forward_again_after_a_rollback_keeps_what_was_returned_to()
    {
        var history = Of(Forward(A), Forward(B), Back(A), Forward(C));

        Assert.Equal(new[] { A.Digest, C.Digest }.Order(ByText), history.Newest(1).Order(ByText));
        Assert.Equal(history.Newest(1), history.Newest(9));
    }

    [Fact]
    public void A_release_that_served_several_times_counts_once() =>
        Assert.Equal(new[] { A.Digest, B.Digest, C.Digest }.Order(ByText), Of(Forward(C), Forward(B), Forward(A), Forward(B)).Newest(2).Order(ByText));

    [Fact]
    public void What_was_undone_or_never_ended_is_not_among_the_newest()
    {
        var history = Of(Forward(A), Forward(B) with { Outcome = DeploymentOutcome.Undone }, Forward(C) with { Outcome = null });

        Assert.Equal([A.Digest], history.Newest(5));
    }

    [Fact]
    public void An_environment_that_nothing_ever_served_has_no_newest_release() => Assert.Empty(Of().Newest(3));

    private static Comparer<Digest> ByText => Comparer<Digest>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value));

    private static ReleaseHistory Of(params IEnumerable<DeploymentRecord> oldestFirst) => new(oldestFirst.Reverse());

    private static DeploymentRecord Forward(Release release) => Record(release, DeploymentKind.Deploy);

    private static DeploymentRecord Back(Release release) => Record(release, DeploymentKind.Rollback);

    private static DeploymentRecord Record(Release release, DeploymentKind kind) =>
        new(1, "production", release, Colour.Blue, kind, "tests", null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DeploymentOutcome.Succeeded, null, []);
}
