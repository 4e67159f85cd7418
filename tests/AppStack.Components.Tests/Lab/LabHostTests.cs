using System.Globalization;
using AppStack.Components.Lab;

namespace AppStack.Components.Tests.Lab;

public sealed class LabHostTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("appstack-lab-host-").FullName;

    private LabHost Host => new(_root, () => "fresh");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Machine_NothingThere_IsFresh() => Assert.Equal("fresh.1", Host.Machine("lab", "web"));

    [Fact]
    public void Machine_EverythingRuns_KeepsItsIncarnation()
    {
        RunningMachine();

        Assert.Equal("a.3", Host.Machine("lab", "web"));
    }

    [Fact]
    public void Machine_NumberOfItsSupervisorTakenByAnother_IsDead()
    {
        RunningMachine();
        Write("/proc/77/stat", Stat("S", 999));

        Assert.Equal("a.4", Host.Machine("lab", "web"));
    }

    [Theory]
    [InlineData("/proc/77/stat")]
    [InlineData("/run/netns/appstack-lab")]
    [InlineData("/run/netns/appstack-lab.web")]
    [InlineData("/run/appstack/labs/lab/machines/web/supervisor")]
    public void Machine_PartOfItGone_IsDead(string path)
    {
        RunningMachine();
        File.Delete(_root + path);

        Assert.Equal("a.4", Host.Machine("lab", "web"));
    }

    [Fact]
    public void Machine_SupervisorDeadButNotReaped_IsDead()
    {
        RunningMachine();
        Write("/proc/77/stat", Stat("Z", 4711));

        Assert.Equal("a.4", Host.Machine("lab", "web"));
    }

    [Fact]
    public void Network_FollowsTheSwitch()
    {
        Write("/var/lib/appstack/labs/lab/networks/rack/incarnation", "n.1");

        Assert.Equal("n.2", Host.Network("lab", "rack"));

        Write("/run/netns/appstack-lab", "");
        Assert.Equal("n.1", Host.Network("lab", "rack"));
    }

    [Fact]
    public void Lab_FollowsScriptAndKey()
    {
        Write("/var/lib/appstack/labs/lab/incarnation", "l.1");
        Write("/var/lib/appstack/labs/lab/bin/appstack-lab", "");

        Assert.Equal("l.2", Host.Lab("lab"));

        Write("/var/lib/appstack/labs/lab/ssh/id_ed25519", "");
        Assert.Equal("l.1", Host.Lab("lab"));
    }

    private void RunningMachine()
    {
        Write("/var/lib/appstack/labs/lab/machines/web/incarnation", "a.3\n");
        Write("/run/appstack/labs/lab/machines/web/supervisor", "77 4711\n");
        Write("/run/netns/appstack-lab", "");
        Write("/run/netns/appstack-lab.web", "");
        Write("/proc/77/stat", Stat("S", 4711));
    }

    // A command may hold spaces and parentheses; the start time is field 22.
    private static string Stat(string state, int start)
        => string.Create(CultureInfo.InvariantCulture, $"77 (ba) sh 1) {state} 1 77 77 0 -1 4194560 319 0 0 0 0 0 0 0 20 0 1 0 {start} 4096 100");

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + path)!);
        File.WriteAllText(_root + path, text);
    }
}
