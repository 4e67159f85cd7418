using System.Diagnostics;
using AppStack.Sdk.Tests.Support;
using Pulumi.Random;
using Xunit.Abstractions;

namespace AppStack.Sdk.Tests.Deployments;

public sealed class LargeProgramTests(ITestOutputHelper output)
{
    private const int Count = 10_000;

    /// <summary>A run over ten thousand resources must cost a second at most; what a resource allocates decides that, and is the same on every machine.</summary>
    [Fact]
    public async Task Registering_a_resource_allocates_little()
    {
        await Run.Ok(Declare);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        var monitor = await Run.Ok(Declare);
        clock.Stop();
        var perResource = (GC.GetTotalAllocatedBytes(precise: true) - before) / Count;

        output.WriteLine($"{Count} resources in {clock.ElapsedMilliseconds} ms, {perResource} bytes allocated for each");
        Assert.Equal(Count + 1, monitor.Registered.Count());
        Assert.InRange(perResource, 0, 12_000);

        static void Declare()
        {
            for (var i = 0; i < Count; i++)
            {
                _ = new RandomId($"id-{i}", new RandomIdArgs { ByteLength = 8, Keepers = { ["generation"] = "1" } });
            }
        }
    }

    [Fact]
    public async Task A_chain_of_dependent_resources_does_not_nest()
    {
        var monitor = await Run.Ok(() =>
        {
            RandomPet? previous = null;
            for (var i = 0; i < Count; i++)
            {
                previous = new RandomPet($"pet-{i}", previous is null ? new() : new RandomPetArgs { Prefix = previous.Separator });
            }
        });

        Assert.Equal(Count + 1, monitor.Registered.Count());
    }
}
