using System.Net;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Tests.Verification;

public sealed class LoginEvaluatorTests
{
    private static readonly PoolerEndpoint Writing = new(IPEndPoint.Parse("192.0.2.5:6432"), "benefits", ReadOnly: false);

    private static readonly PoolerEndpoint Reading = Writing with { ReadOnly = true };

    private static readonly NodeExpectation Node = new() { Name = "main-pooler-1", Role = NodeRole.Pooler, Endpoints = [Writing, Reading] };

    [Fact]
    public void An_endpoint_that_answers_passes_with_its_time()
    {
        var check = LoginEvaluator.Evaluate(Node, Writing, new(LoginFailure.None, 12.34));

        Assert.Equal(new VerifyCheck("login", "main-pooler-1", Ok: true, "benefits: logged in, can be written to, 12 ms", 12.34) { About = "benefits" }, check);
    }

    [Theory]
    [InlineData(true, "benefits_ro: logged in, answered by a standby, 3 ms")]
    [InlineData(false, "benefits_ro: logged in, answered by the leader, 3 ms")]
    public void A_read_only_endpoint_may_be_answered_by_either(bool standby, string detail)
    {
        var check = LoginEvaluator.Evaluate(Node, Reading, new(LoginFailure.None, 3, standby));

        Assert.Equal((true, detail), (check.Ok, check.Detail));
    }

    [Fact]
    public void An_endpoint_for_writing_that_leads_to_a_standby_is_off()
    {
        var check = LoginEvaluator.Evaluate(Node, Writing, new(LoginFailure.None, 3, InRecovery: true));

        Assert.False(check.Ok);
        Assert.StartsWith("benefits: leads to a standby", check.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(LoginFailure.Unreachable), "Connection timed out", "the machine is off, or a firewall")]
    [InlineData(nameof(LoginFailure.Closed), "Connection refused", "PgBouncer does not listen there")]
    [InlineData(nameof(LoginFailure.Certificate), "RemoteCertificateNameMismatch", "services refuse it, too")]
    [InlineData(nameof(LoginFailure.Silent), "Timeout during reading attempt", "nobody leads, or all connections of the endpoint are busy")]
    [InlineData(nameof(LoginFailure.Refused), "08P01: no such database: benefits", "does not know the endpoint")]
    [InlineData(nameof(LoginFailure.Refused), "08P01: bouncer config error", "the look-up of users (pgbouncer.user_lookup) fails")]
    [InlineData(nameof(LoginFailure.Refused), "08P01: SASL authentication failed", "has another password than the server")]
    [InlineData(nameof(LoginFailure.Refused), "08P01: something else", "`journalctl -u pgbouncer` says more")]
    public void What_is_off_is_told_with_what_was_said_and_what_to_do(string failure, string said, string advice)
    {
        var check = LoginEvaluator.Evaluate(Node, Writing, new(Enum.Parse<LoginFailure>(failure), 3000, Message: said));

        Assert.False(check.Ok);
        Assert.StartsWith($"benefits: {said}; ", check.Detail, StringComparison.Ordinal);
        Assert.Contains(advice, check.Detail, StringComparison.Ordinal);
    }
}
