using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;
using AppStack.Stacks.Services;

namespace AppStack.Stacks.Tests;

public sealed class ServicePlanTests
{
    private const string Benefits = """
        name: benefits
        team: benefits-team
        version: "1.0"
        image: { reference: "registry.example/benefits:1.0" }

        """;

    [Fact]
    public void The_sample_service_in_the_lab_is_built_and_brings_its_schema()
    {
        var plan = ServicePlan.Of(Environment("local"), ServiceFiles.Find(RepositoryFiles.Of(), "dilosi").Read(), RepositoryFiles.Of());

        Assert.Equal("gov", plan.Cluster.Name);
        Assert.Matches("^appstack.local/dilosi:[0-9a-f]{12}$", plan.Image!.Reference);
        Assert.Equal(plan.Image.Reference, plan.Spec.Image);
        Assert.Equal(["0001-declarations.sql"], plan.Migrations.Select(migration => migration.Name));
    }

    [Fact]
    public void A_release_that_is_put_back_has_the_image_that_it_had()
    {
        var plan = ServicePlan.Of(Environment("local"), ServiceFiles.Find(RepositoryFiles.Of(), "dilosi").Read(), RepositoryFiles.Of(), "appstack.local/dilosi:0123456789ab");

        Assert.Equal("appstack.local/dilosi:0123456789ab", plan.Spec.Image);
        Assert.Equal("appstack.local/dilosi:0123456789ab", plan.Image!.Reference);
    }

    [Fact]
    public void Everything_that_does_not_fit_into_the_environment_is_told_at_once_and_at_its_place()
    {
        var exception = Assert.Throws<DescriptorException>(() => Plan("prod.example", Benefits.Replace("{ reference: \"registry.example/benefits:1.0\" }", "{ project: samples/dilosi/Dilosi.csproj }", StringComparison.Ordinal)
            + "cluster: goc\ndatabase: { setting: A, passwordFile: B, migrations: samples/nowhere }\n"));

        Assert.Equal(
            [
                "service.yaml:4:1 image.project prod.example is no lab, and its nodes get images from registries",
                "service.yaml:5:1 cluster the environment prod.example has no Kubernetes cluster 'goc'",
                "service.yaml:6:1 database the environment prod.example has no database for benefits",
                $"service.yaml:6:1 database.migrations There is no folder {RepositoryFiles.Of("samples", "nowhere")}; it should hold a database's migrations (0001-persons.sql, ...).",
            ],
            exception.Problems.Select(problem => $"{problem.Place.Split(':')[0]}:{problem.Line}:1 {problem.Path} {problem.Wrong}"));
        Assert.Equal("did you mean 'gov'?", exception.Problems[1].Right);
    }

    [Fact]
    public void One_of_several_clusters_has_to_be_named() =>
        Assert.Contains("has several clusters: gov, reg", Assert.Throws<DescriptorException>(() => Plan("prod.example", Benefits)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_project_that_is_not_there_is_told() => Assert.Contains(
        "there is no project samples/Nothing.csproj",
        Assert.Throws<DescriptorException>(() => Plan("local", Benefits.Replace("{ reference: \"registry.example/benefits:1.0\" }", "{ project: samples/Nothing.csproj }", StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    private static ServicePlan Plan(string environment, string text) => ServicePlan.Of(Environment(environment), ServiceReader.Read(text, "benefits", "service.yaml"), RepositoryFiles.Of());

    private static EnvironmentSpec Environment(string name) => EnvironmentReader.ReadFile(Path.Combine(RepositoryFiles.Environments, name + ".yaml"));
}
