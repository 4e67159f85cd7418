using System.Collections.Immutable;
using AppStack.Components.Certificates;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Lab;
using AppStack.Components.LoadBalancing;
using AppStack.Components.LoadBalancing.Nginx;
using AppStack.Components.Nodes;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;
using Pulumi;

namespace AppStack.Stacks;

/// <summary>The platform of one environment: the stack's name is the environment's name, and its descriptor says what there shall be.</summary>
public sealed class PlatformStack : Stack
{
    /// <summary>The configuration that holds the private key for nodes that are not machines of a lab.</summary>
    public const string PrivateKeySetting = "sshPrivateKey";

    /// <summary>
    /// The configuration that has nodes' bundles applied again: an object with a text per node, any that it did not have before. What somebody
    /// changed on a node by hand is not seen by an update, which compares with its own state only.
    /// </summary>
    public const string RepairSetting = "repair";

    /// <summary>Declares the platform.</summary>
    /// <exception cref="RunException">The descriptor is not right; the message holds every problem.</exception>
    public PlatformStack()
    {
        var environment = Read();
        var plan = PlatformPlan.Of(environment);
        var lab = plan.Lab is null ? null : new LocalLab("lab", new LocalLabArgs { Spec = plan.Lab });
        var repairs = Repairs(environment);
        var nodes = lab is null ? Existing(environment, repairs) : InLab(environment, lab, repairs);

        // A load balancer counts as deployed when its sessions are up, so its routers come first.
        var routers = plan.Routers
            .Select(router => (Resource)new BgpRouter(router.Key, new BgpRouterArgs { Node = nodes[router.Key], Spec = router.Value }, Role(lab)).Bundle)
            .ToList();

        foreach (var (name, spec) in plan.Backends)
        {
            _ = new WebBackend(name, new WebBackendArgs { Node = nodes[name], Spec = spec }, Role(lab));
        }

        // The API of a cluster with several control planes is behind the load balancers, which then come between its first control plane and the rest.
        ImmutableArray<Resource>? edge = null;
        var clusters = plan.Clusters.ToDictionary(
            cluster => cluster.Name,
            cluster => new KubernetesCluster(cluster.Name, new KubernetesClusterArgs
            {
                Spec = cluster,
                Nodes = cluster.Nodes.ToDictionary(node => node.Name, node => nodes[node.Name], StringComparer.Ordinal),
                ApiWay = environment.Clusters.Single(found => found.Name == cluster.Name).ApiVip is null
                    ? _ => []
                    : first => edge ??= LoadBalancers(plan, nodes, lab, [.. routers, first]),
            }, Role(lab)),
            StringComparer.Ordinal);
        var authority = plan.Ingresses.IsEmpty ? null : new PrivateAuthority("services-authority");
        var servers = KubernetesResources.Declare(plan, clusters, authority, lab);
        // A load balancer without any server counts as failed: where there are only those of clusters, they come first.
        edge ??= LoadBalancers(plan, nodes, lab, plan.Backends.IsEmpty ? [.. routers, .. servers] : routers);

        var services = DatabaseResources.Declare(environment, plan, nodes, lab, Deployment.Instance.RootDirectory);
        MonitoringResources.Declare(environment, plan, nodes, lab);
        Registries = RegistryResources.Declare(plan, nodes, lab, clusters.SelectMany(cluster => cluster.Value.Ready));

        var map = PlatformMap.Of(environment);
        Urls = Output.Create(map.Urls);
        Nodes = Output.Create(map.Nodes.ToImmutableDictionary(node => node.Name, node => node.Runs, StringComparer.Ordinal));
        Kubeconfigs = Output.CreateSecret(Output.All(clusters.Select(cluster => cluster.Value.Kubeconfig.Apply(text => KeyValuePair.Create(cluster.Key, text))))
            .Apply(all => all.ToImmutableDictionary(StringComparer.Ordinal)));
        ServiceDatabases = ByService(services.Select(found => (found.Service, found.Open)));
        ServiceCredentials = Output.CreateSecret(ByService(services.Select(found => (found.Service, found.Secret))));
        Disks = lab is null
            ? Output.Create(ImmutableDictionary<string, string>.Empty)
            : Output.All(lab.Machines.Select(machine => machine.Value.DiskId.Apply(disk => KeyValuePair.Create(machine.Key, disk)))).Apply(all => all.ToImmutableDictionary(StringComparer.Ordinal));
        Authority = authority?.Certificate ?? Output.Create("");
        AuthorityKey = Output.CreateSecret(authority?.KeyAndCertificate ?? Output.Create(""));
        Monitors = Output.CreateSecret(ByService(environment.NodesOf(NodeRole.Monitoring).Where(_ => !plan.Monitoring.IsEmpty).Select(node => (node.Name, MonitorOutput.Of(nodes[node.Name])))));
        Addresses = Output.Create(environment.Nodes.ToImmutableDictionary(node => node.Name, node => node.Management.ToString(), StringComparer.Ordinal));
    }

    /// <summary>The URLs that citizens use.</summary>
    [Output("urls")]
    public Output<ImmutableArray<string>> Urls { get; private set; }

    /// <summary>What runs on each node.</summary>
    [Output("nodes")]
    public Output<ImmutableDictionary<string, string>> Nodes { get; private set; }

    /// <summary>The address on which each node is managed.</summary>
    [Output("addresses")]
    public Output<ImmutableDictionary<string, string>> Addresses { get; private set; }

    /// <summary>What those who put images into a registry must know of it, by its node's name: <c>address</c>, <c>authority</c>, <c>user</c>, <c>password</c>. Secret.</summary>
    [Output("registries")]
    public Output<ImmutableDictionary<string, ImmutableDictionary<string, string>>> Registries { get; private set; }

    /// <summary>The administrator's kubeconfig of each Kubernetes cluster. Secret.</summary>
    [Output("kubeconfigs")]
    public Output<ImmutableDictionary<string, string>> Kubeconfigs { get; private set; }

    /// <summary>For the stack of each service how its database is reached, by the service and by whoever migrates it (<see cref="ServiceDatabaseOutput"/>).</summary>
    [Output("serviceDatabases")]
    public Output<ImmutableDictionary<string, ImmutableDictionary<string, string>>> ServiceDatabases { get; private set; }

    /// <summary>The same of what opens it. Secret.</summary>
    [Output("serviceCredentials")]
    public Output<ImmutableDictionary<string, ImmutableDictionary<string, string>>> ServiceCredentials { get; private set; }

    /// <summary>The disk of each machine of a lab: who put something on a machine does so again when it has another one.</summary>
    [Output("disks")]
    public Output<ImmutableDictionary<string, string>> Disks { get; private set; }

    /// <summary>The certificate (PEM) of the authority that issues certificates of services; empty when no cluster has an ingress.</summary>
    [Output("authority")]
    public Output<string> Authority { get; private set; }

    /// <summary>The same with its key, for the stacks of services. Secret.</summary>
    [Output("authorityKey")]
    public Output<string> AuthorityKey { get; private set; }

    /// <summary>How each monitoring node is reached, for stacks of services, which put their alert rules there. Secret.</summary>
    [Output("monitors")]
    public Output<ImmutableDictionary<string, ImmutableDictionary<string, string>>> Monitors { get; private set; }

    private static Output<ImmutableDictionary<string, ImmutableDictionary<string, string>>> ByService(IEnumerable<(string Service, Output<ImmutableDictionary<string, string>> Texts)> all) =>
        Output.All(all.Select(found => found.Texts.Apply(texts => KeyValuePair.Create(found.Service, texts)))).Apply(found => found.ToImmutableDictionary(StringComparer.Ordinal));

    private static EnvironmentSpec Read()
    {
        try
        {
            return EnvironmentFiles.Find(Deployment.Instance.RootDirectory, Deployment.Instance.StackName).Read();
        }
        catch (DescriptorException exception)
        {
            throw new RunException(exception.Message, exception);
        }
    }

    /// <summary>The load balancers, as what to depend on to come after them.</summary>
    private static ImmutableArray<Resource> LoadBalancers(PlatformPlan plan, Dictionary<string, BareMetalNode> nodes, LocalLab? lab, IReadOnlyCollection<Resource> after) =>
        [.. plan.LoadBalancers
            .Select(group => new LoadBalancerGroup(group.Name, new LoadBalancerGroupArgs
            {
                Spec = group,
                Nodes = group.Nodes.ToDictionary(node => node.Name, node => nodes[node.Name], StringComparer.Ordinal),
            }, Role(lab, after)))
            .SelectMany(group => group.Members)
            .Select(member => member.Bundle)];

    private static Dictionary<string, string> Repairs(EnvironmentSpec environment)
    {
        var repairs = new Config().GetObject<Dictionary<string, string>>(RepairSetting) ?? [];
        var unknown = repairs.Keys.Except(environment.Nodes.Select(node => node.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return unknown.Count == 0
            ? repairs
            : throw new RunException($"The configuration '{RepairSetting}' names what is no node of '{environment.Name}': {string.Join(", ", unknown)}. Remove it: appstack config rm {environment.Name} --path {RepairSetting}.{unknown[0]}");
    }

    /// <summary>Machines on this host; the lab makes their keys.</summary>
    private static Dictionary<string, BareMetalNode> InLab(EnvironmentSpec environment, LocalLab lab, IReadOnlyDictionary<string, string> repairs) =>
        environment.Nodes.ToDictionary(node => node.Name, node => new BareMetalNode(node.Name, new BareMetalNodeArgs
        {
            Address = node.Management.ToString(),
            User = environment.Ssh.User,
            Port = environment.Ssh.Port,
            PrivateKey = lab.PrivateKey,
            HostKey = lab.Machines[node.Name].HostKey,
            Machine = repairs.TryGetValue(node.Name, out var repair)
                ? Output.Format($"{lab.Machines[node.Name].DiskId}, repaired {repair}")
                : lab.Machines[node.Name].DiskId,
        }), StringComparer.Ordinal);

    /// <summary>The options of a role. Whoever destroys a lab does not drain and tidy up machines first that are about to vanish.</summary>
    private static ComponentResourceOptions Role(LocalLab? lab, IReadOnlyCollection<Resource>? after = null) =>
        new() { DeletedWith = lab, DependsOn = after?.ToArray() ?? [] };

    /// <summary>Nodes that exist without us; the private key is a secret of the stack's configuration.</summary>
    private static Dictionary<string, BareMetalNode> Existing(EnvironmentSpec environment, IReadOnlyDictionary<string, string> repairs)
    {
        var privateKey = new Config().GetSecret(PrivateKeySetting) ?? WithoutKey();
        return environment.Nodes.ToDictionary(node => node.Name, node => new BareMetalNode(node.Name, new BareMetalNodeArgs
        {
            Address = node.Management.ToString(),
            User = environment.Ssh.User,
            Port = environment.Ssh.Port,
            PrivateKey = privateKey,
            HostKey = node.HostKey!,
            Machine = repairs.TryGetValue(node.Name, out var repair) ? (Input<string>)$"repaired {repair}" : null,
        }), StringComparer.Ordinal);
    }

    // A preview reaches no node, so that anybody can look at what an environment would become.
    private static Output<string> WithoutKey() => Deployment.Instance.IsDryRun
        ? Output.CreateSecret("")
        : throw new RunException($"The private key for the nodes is missing. Set it: appstack config set --stack {Deployment.Instance.StackName} --secret {PrivateKeySetting} < key-file");
}
