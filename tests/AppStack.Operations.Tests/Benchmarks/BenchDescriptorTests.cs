using AppStack.Operations.Benchmarks;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Tests.Benchmarks;

public sealed class BenchDescriptorTests
{
    [Fact]
    public void The_benchmark_lab_is_a_valid_environment_whose_load_balancers_change_at_once()
    {
        var environment = EnvironmentReader.Read(new StringReader(BenchDescriptor.Render(4000)), BenchDescriptor.Name, "bench.yaml");

        Assert.Equal(BenchDescriptor.LoadBalancers, environment.NodesOf(NodeRole.LoadBalancer).Count());
        Assert.Equal(RolloutPolicy.AllAtOnce, environment.Edge!.Rollout);
        Assert.Equal(4000, environment.Edge.MaxConnections);
    }

    [Fact]
    public void A_median_is_the_middle()
    {
        Assert.Equal(2, Median.Of([9d, 1, 2]));
        Assert.Equal(2.5, Median.Of([9d, 1, 2, 3]));
    }
}
