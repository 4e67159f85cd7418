namespace AppStack.Operations.Verification;

/// <summary>How far a login did not get.</summary>
internal enum LoginFailure
{
    /// <summary>It succeeded.</summary>
    None,

    /// <summary>No packet came back: the machine is away, or a firewall between here and there drops what comes from here.</summary>
    Unreachable,

    /// <summary>The machine answers, but nobody listens.</summary>
    Closed,

    /// <summary>The certificate is not one of the authority's for this address.</summary>
    Certificate,

    /// <summary>PgBouncer, or the server through it, said no.</summary>
    Refused,

    /// <summary>The connection was made, but login and question were not answered in time.</summary>
    Silent,
}
