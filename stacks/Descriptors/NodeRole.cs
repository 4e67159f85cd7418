namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>What a node is for.</summary>
public enum NodeRole
{
    /// <summary>Routes between networks and to the load balancers; stands for the data-centre switch.</summary>
    Router,

    /// <summary>Announces the virtual addresses and balances connections.</summary>
    LoadBalancer,

    /// <summary>Answers requests where Kubernetes NodePorts will.</summary>
    Backend,

    /// <summary>Sends requests as a citizen would.</summary>
    Client,

    /// <summary>Runs the control plane of a Kubernetes cluster.</summary>
    ControlPlane,

    /// <summary>Runs the pods of a Kubernetes cluster.</summary>
    Worker,

    /// <summary>Runs PostgreSQL.</summary>
    Database,

    /// <summary>Votes in a PostgreSQL cluster without holding data.</summary>
    Witness,

    /// <summary>Runs PgBouncer in front of a PostgreSQL cluster.</summary>
    Pooler,

    /// <summary>Keeps backups of databases.</summary>
    Backup,

    /// <summary>Is kept free for restoring backups of databases.</summary>
    Restore,

    /// <summary>Collects metrics and sends alerts.</summary>
    Monitoring,

    /// <summary>Keeps the images of services, from where clusters fetch them.</summary>
    Registry,
}
