using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace AppStack.Engine.Lifecycle.Tests.Scenarios;

/// <summary>
/// Random programs on random states with a provider that fails: 5,000 scenarios. A failure prints its seed; put that into
/// <c>APPSTACK_REPLAY</c> (<c>seed,gamma</c>) to run it again, and the number of scenarios into <c>APPSTACK_SCENARIOS</c>.
/// </summary>
public sealed class FailingProviderScenarioTests : IDisposable
{
    private readonly ScenarioProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Whatever_fails_nothing_is_forgotten_and_the_next_up_converges() => _project.Check(dying: false);
}

/// <summary>The same with machines that die at some write: another 5,000.</summary>
public sealed class DyingMachineScenarioTests : IDisposable
{
    private readonly ScenarioProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Whenever_the_machine_dies_nothing_is_forgotten_and_the_next_up_converges() => _project.Check(dying: true);
}

/// <summary>A project that no run changes: the states of all scenarios are in memory.</summary>
internal sealed class ScenarioProject : IDisposable
{
    private const int Count = 5000;

    private readonly string _directory = Directory.CreateTempSubdirectory("appstack-scenarios-").FullName;

    public ScenarioProject() => File.WriteAllText(Path.Combine(_directory, "Pulumi.yaml"), "name: proj\nruntime: dotnet\n");

    public void Check(bool dying)
    {
        var count = Environment.GetEnvironmentVariable("APPSTACK_SCENARIOS") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Count;
        var config = Config.QuickThrowOnFailure.WithMaxTest(count);
        if (Environment.GetEnvironmentVariable("APPSTACK_REPLAY")?.Split(',') is [var seed, var gamma])
        {
            config = config.WithReplay(ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture));
        }

        Prop.ForAll(Scenario.Arbitrary(dying), scenario => new ScenarioRunner(_directory).CheckAsync(scenario)).Check(config);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
