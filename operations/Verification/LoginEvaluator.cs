using System.Globalization;
using static AppStack.Operations.Verification.VerifyCheck;

namespace AppStack.Operations.Verification;

/// <summary>Judges what became of logins at poolers' endpoints. Pure: the same outcome gives the same check.</summary>
internal static class LoginEvaluator
{
    /// <summary>Name of the check.</summary>
    public const string Name = "login";

    /// <summary>The check of a pooler that has nothing to log in with.</summary>
    public static VerifyCheck Missing(NodeExpectation node) =>
        Fail(Name, node, "the pooler has neither role nor authority to log in with, so nobody knows whether services can; `appstack up` gives it both");

    /// <summary>The check of one endpoint.</summary>
    public static VerifyCheck Evaluate(NodeExpectation node, PoolerEndpoint endpoint, LoginOutcome outcome)
    {
        var took = string.Create(CultureInfo.InvariantCulture, $"{outcome.Milliseconds:0} ms");
        var check = outcome switch
        {
            { Failure: LoginFailure.None, InRecovery: true } when !endpoint.ReadOnly =>
                Fail(Name, node, $"{endpoint.Name}: leads to a standby, so nothing can be written; `appstack-pooler status` there says whom it follows"),
            { Failure: LoginFailure.None } when !endpoint.ReadOnly => Pass(Name, node, $"{endpoint.Name}: logged in, can be written to, {took}"),
            { Failure: LoginFailure.None } => Pass(Name, node, $"{endpoint.Name}: logged in, answered by {(outcome.InRecovery ? "a standby" : "the leader")}, {took}"),
            _ => Fail(Name, node, $"{endpoint.Name}: {outcome.Message}; {Advice(outcome)}"),
        };
        return check with { About = endpoint.Name, Ms = outcome.Milliseconds };
    }

    private static string Advice(LoginOutcome outcome) => outcome.Failure switch
    {
        LoginFailure.Unreachable => "the machine is off, or a firewall between here and there is in the way: poolers let in machines of services, and those from which nodes may be logged in to (ssh.from)",
        LoginFailure.Closed => "PgBouncer does not listen there: `systemctl status pgbouncer`",
        LoginFailure.Certificate => "the pooler's certificate is not one of the cluster's authority for this address, so services refuse it, too; `appstack up` issues it anew",
        LoginFailure.Silent => "PgBouncer waits for a server: nobody leads, or all connections of the endpoint are busy (`appstack-pooler status`, check `topology`)",
        _ => Causes.FirstOrDefault(cause => outcome.Message.Contains(cause.Said, StringComparison.OrdinalIgnoreCase)).Means ?? "`journalctl -u pgbouncer` says more",
    };

    // What PgBouncer 1.18 and PostgreSQL say, and what is behind it. To a client PgBouncer does not tell an endpoint that it does not have from a wrong password.
    private static readonly (string Said, string Means)[] Causes =
    [
        ("no such database", "the pooler does not know the endpoint; `appstack up` tells it"),
        ("bouncer config error", "the look-up of users (pgbouncer.user_lookup) fails in the database; `appstack up` with --replace '**-sql' makes it anew"),
        ("authentication failed", "the pooler knows neither endpoint nor role, or has another password than the server; `journalctl -u pgbouncer` says which; `appstack up` with --replace '**-sql' makes roles anew"),
        ("permission denied for database", "the role may not connect to the database; `appstack up` with --replace '**-sql' grants it"),
        ("no more connections allowed", "the pooler has as many clients as it takes (max_client_conn): who are they (`SHOW CLIENTS`)?"),
        ("too many connections", "the server has as many connections as it takes: who are they (`select * from pg_stat_activity`)?"),
        ("query_wait_timeout", "all connections of the endpoint are busy, or nobody leads"),
        ("server login", "the pooler cannot log in at the server: check `topology`, and PostgreSQL's log"),
        ("connect failed", "the pooler does not reach the server: check `topology`"),
    ];
}
