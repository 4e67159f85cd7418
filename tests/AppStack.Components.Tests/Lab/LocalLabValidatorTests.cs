using AppStack.Components.Lab;
using AppStack.Testing;

namespace AppStack.Components.Tests.Lab;

public sealed class LocalLabValidatorTests
{
    [Fact]
    public void Validate_SampleLab_FindsNothing() => Assert.Empty(LocalLabValidator.Validate(LabSamples.Small));

    [Fact]
    public void Validate_ManyMistakes_ReportsAllAtOnce()
    {
        var spec = new LocalLabSpec
        {
            Name = "My Lab",
            Networks =
            [
                new() { Name = "rack", HostAddresses = ["10.90.0.1"] },
                new() { Name = "rack", Routes = [new("everywhere", "10.90.0.300")] },
            ],
            Machines =
            [
                new() { Name = "web-", Image = new("web", ["nginx; reboot"]), Interfaces = [] },
                new() { Name = "db", Image = LabImages.Client, Interfaces = [new("back", ["10.90.0.1/33"])], Routes = [new("default", "gateway")] },
            ],
        };

        var problems = LocalLabValidator.Validate(spec);

        Snapshot.Verify(string.Join('\n', problems));
    }

    [Fact]
    public void Validate_AddressTakenByTheHost_IsReported()
    {
        var machine = LabSamples.Small.Machines[1] with { Interfaces = [new("rack", ["10.90.0.1/24"])] };

        var problem = Assert.Single(LocalLabValidator.Validate(LabSamples.Small with { Machines = [machine] }));

        Assert.Equal("machines: the address '10.90.0.1' is given 2 times; it must be unique", problem.ToString());
    }
}
