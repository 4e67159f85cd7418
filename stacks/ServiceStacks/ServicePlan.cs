using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Postgres.Databases;
using AppStack.Components.Services;
using AppStack.Components.Services.Images;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;
using Pulumi;

namespace AppStack.Stacks.Services;

/// <summary>What the components of a service's stack shall be told, worked out from the service and the environment. Pure but for the sources that are looked at.</summary>
public sealed record ServicePlan
{
    /// <summary>The service.</summary>
    public required ServiceSpec Spec { get; init; }

    /// <summary>The certificates that routes bring, by the route's place.</summary>
    public required ImmutableSortedDictionary<int, RouteCertificate> Certificates { get; init; }

    /// <summary>The descriptor's text, from which a later deployment that fails finds back.</summary>
    public required string Descriptor { get; init; }

    /// <summary>The cluster in which it runs.</summary>
    public required ClusterSpec Cluster { get; init; }

    /// <summary>The cluster's version.</summary>
    public KubernetesVersion Kubernetes => KubernetesVersion.TryParse(Cluster.Version)!;

    /// <summary>The addresses at which citizens reach it.</summary>
    public ImmutableArray<string> Urls =>
        [.. from route in Spec.Routes from host in route.Hosts from path in route.Paths select $"{(route.Tls is null ? "http" : "https")}://{host}{path}"];

    /// <summary>The image that is built; <see langword="null"/>: it is there.</summary>
    public ServiceImageSpec? Image { get; init; }

    /// <summary>Whether the nodes fetch the image from a registry, which can be asked for it; in a lab they else have only what they were made with.</summary>
    public required bool IsFetched { get; init; }

    /// <summary>The migrations of its database; none when it has no database.</summary>
    public required ImmutableArray<DatabaseMigration> Migrations { get; init; }

    /// <summary>Works out the plan.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="service">The service.</param>
    /// <param name="root">The repository's folder.</param>
    /// <param name="image">The image of a release that is put back; <see langword="null"/>: the one of the sources as they are.</param>
    /// <exception cref="DescriptorException">The service does not fit into the environment; holds all that does not.</exception>
    public static ServicePlan Of(EnvironmentSpec environment, ServiceDefinition service, string root, string? image = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(service);
        var problems = new ProblemList(service.File, service.Source);
        var cluster = ClusterOf(environment, service, problems);
        var built = image is null ? Built(environment, service, root, problems) : service.Project is null ? null : new ServiceImageSpec { Reference = image, Project = Path.GetFullPath(service.Project, root), Lab = environment.Lab?.Name ?? "" };
        var migrations = Migrated(environment, service, root, problems);
        var reference = image ?? service.Spec.Image;
        var fetched = service.Project is null && (environment.Lab is null || RegistryPlan.Registries(environment).Any(registry => reference.StartsWith($"{registry.Authority}/", StringComparison.Ordinal)));
        if (service.Project is null && !fetched && environment.Lab is { } lab && cluster is not null && LabImageStore.Problem(lab.Name, cluster, reference) is { } missing)
        {
            problems.Add("image.reference", missing, "image.project with a project of this repository, or an image that the lab's nodes have");
        }

        var routes = ServiceRoutes.Of(environment, cluster, service, root, problems);
        var found = problems.InFileOrder();
        return found.IsEmpty
            ? new ServicePlan
            {
                Spec = service.Spec with { Image = image ?? built?.Reference ?? service.Spec.Image, Routes = routes },
                Certificates = service.Certificates,
                Descriptor = service.Text,
                Cluster = cluster!,
                Image = built,
                IsFetched = fetched,
                Migrations = migrations,
            }
            : throw new DescriptorException(service.File, found);
    }

    private static ClusterSpec? ClusterOf(EnvironmentSpec environment, ServiceDefinition service, ProblemList problems)
    {
        var names = environment.Clusters.Select(cluster => cluster.Name).ToImmutableArray();
        if (service.Cluster is { } name)
        {
            if (environment.Clusters.FirstOrDefault(cluster => cluster.Name == name) is { } found)
            {
                return found;
            }

            problems.Add("cluster", $"the environment {environment.Name} has no Kubernetes cluster '{name}'", NearestName.Of(name, names) is { } nearest ? $"did you mean '{nearest}'?" : $"it has: {string.Join(", ", names)}");
            return null;
        }

        if (names.Length != 1)
        {
            problems.Add("cluster", $"the environment {environment.Name} has {(names.IsEmpty ? "no Kubernetes cluster" : $"several clusters: {string.Join(", ", names)}")}", names.IsEmpty ? "another environment" : "cluster: one of them");
            return null;
        }

        return environment.Clusters[0];
    }

    private static ServiceImageSpec? Built(EnvironmentSpec environment, ServiceDefinition service, string root, ProblemList problems)
    {
        if (service.Project is not { } project)
        {
            return null;
        }

        var path = Path.GetFullPath(project, root);
        if (!File.Exists(path))
        {
            problems.Add("image.project", $"there is no project {project}", "the path of a .csproj, relative to the repository");
            return null;
        }

        if (environment.Lab is not { } lab)
        {
            problems.Add("image.project", $"{environment.Name} is no lab, and its nodes get images from registries", $"image.reference: {service.Spec.Name}'s image in your registry, by digest");
            return null;
        }

        return new ServiceImageSpec { Reference = $"{ServiceBuilder.BuiltRepository}/{service.Spec.Name}:{SourceHash.Of(root, path)}", Project = path, Lab = lab.Name };
    }

    private static ImmutableArray<DatabaseMigration> Migrated(EnvironmentSpec environment, ServiceDefinition service, string root, ProblemList problems)
    {
        if (service.Spec.Database is null)
        {
            return [];
        }

        var admitted = environment.Databases.Any(database => !database.Poolers.IsEmpty && database.Services.Any(found => found.Name == service.Spec.Name));
        if (!admitted)
        {
            problems.Add("database", $"the environment {environment.Name} has no database for {service.Spec.Name}", $"databases[].services: - {{ name: {service.Spec.Name} }} in {environment.File}, which shares out connections");
        }

        if (service.Migrations is not { } folder)
        {
            return [];
        }

        try
        {
            var migrations = MigrationFiles.Read(Path.GetFullPath(folder, root));
            foreach (var problem in DatabaseValidator.Validate(Schema(service.Spec.Name, migrations)).Where(problem => problem.Path.StartsWith("migrations", StringComparison.Ordinal)))
            {
                problems.Add("database.migrations", problem.Message);
            }

            return migrations;
        }
        catch (RunException exception)
        {
            problems.Add("database.migrations", exception.Message);
            return [];
        }
    }

    /// <summary>The database of a service as far as its schema goes; everything else of it is the platform's.</summary>
    internal static Components.Postgres.Databases.DatabaseSpec Schema(string service, ImmutableArray<DatabaseMigration> migrations) =>
        new() { Name = ServiceDatabaseSpec.DatabaseOf(service), Migrations = migrations };
}
