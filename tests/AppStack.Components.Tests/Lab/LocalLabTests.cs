using System.Collections.Concurrent;
using System.Collections.Immutable;
using AppStack.Components.Lab;
using AppStack.Testing;
using Moq;
using Pulumi;
using Pulumi.Testing;

namespace AppStack.Components.Tests.Lab;

public sealed class LocalLabTests
{
    [Fact]
    public async Task Commands_OfASmallLab_AreAsExpected()
    {
        var commands = await CommandsAsync();

        Snapshot.Verify(string.Join('\n', commands.OrderBy(command => command.Key, StringComparer.Ordinal).SelectMany(command => Lines(command.Key, command.Value))));
    }

    [Fact]
    public async Task Machine_ItsImage_IsTheOnlyTrigger()
    {
        var commands = await CommandsAsync();

        Assert.Equal(["nginx-light nftables"], Assert.IsType<ImmutableArray<object>>(commands["local-web"]["triggers"]).Cast<string>());
    }

    [Fact]
    public async Task Lab_SpecWithProblems_IsRefused()
    {
        var exception = await Record.ExceptionAsync(() => CommandsAsync(LabSamples.Small with { Name = "NO" }));

        Assert.Contains("'NO' is not valid", exception?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_ComeFromTheScript()
    {
        LocalLab? lab = null;
        await Deployment.TestAsync(Mocks([]), new TestOptions { IsPreview = false }, () => lab = Create(LabSamples.Small));

        Assert.Equal("uuid-of-local-web", await ValueAsync(lab!.Machines["web"].DiskId));
        Assert.Equal("ssh-ed25519 AAAA", await ValueAsync(lab.Machines["web"].HostKey));
        Assert.EndsWith("\n", await ValueAsync(lab.PrivateKey), StringComparison.Ordinal);
        Assert.True(await Output.IsSecretAsync(lab.PrivateKey));
    }

    private static async Task<ConcurrentDictionary<string, ImmutableDictionary<string, object>>> CommandsAsync(LocalLabSpec? spec = null)
    {
        ConcurrentDictionary<string, ImmutableDictionary<string, object>> commands = new(StringComparer.Ordinal);
        await Deployment.TestAsync(Mocks(commands), new TestOptions { IsPreview = false }, () => Create(spec ?? LabSamples.Small));
        return commands;
    }

    private static LocalLab Create(LocalLabSpec spec)
    {
        var host = new Mock<ILabHost>();
        host.Setup(h => h.Lab(spec.Name)).Returns("lab.1");
        host.Setup(h => h.Network(spec.Name, It.IsAny<string>())).Returns((string _, string network) => $"{network}.1");
        host.Setup(h => h.Machine(spec.Name, It.IsAny<string>())).Returns((string _, string machine) => $"{machine}.1");
        return new LocalLab("local", new LocalLabArgs { Spec = spec, Host = host.Object });
    }

    private static IMocks Mocks(ConcurrentDictionary<string, ImmutableDictionary<string, object>> commands)
    {
        var mocks = new Mock<IMocks>();
        mocks.Setup(m => m.NewResourceAsync(It.IsAny<MockResourceArgs>())).ReturnsAsync((MockResourceArgs args) =>
        {
            if (args.Type != "command:local:Command")
            {
                return ("", args.Inputs);
            }

            commands[args.Name!] = args.Inputs;
            var output = $$"""{"publicKey":"ssh-ed25519 AAAA","diskId":"uuid-of-{{args.Name}}","hostKey":"ssh-ed25519 AAAA"}""";
            return (args.Name + "-id", args.Inputs.SetItem("stdout", output));
        });
        return mocks.Object;
    }

    private static IEnumerable<string> Lines(string name, ImmutableDictionary<string, object> inputs)
    {
        yield return name;
        foreach (var key in new[] { "create", "update", "delete", "logging" })
        {
            if (inputs.TryGetValue(key, out var value))
            {
                yield return $"  {key}: {value}";
            }
        }

        if (inputs.TryGetValue("environment", out var environment))
        {
            yield return "  environment: " + string.Join(", ", ((ImmutableDictionary<string, object>)environment).Select(pair => $"{pair.Key}={pair.Value}"));
        }
    }

    private static Task<T> ValueAsync<T>(Output<T> output)
    {
        TaskCompletionSource<T> source = new();
        output.Apply(value =>
        {
            source.SetResult(value);
            return value;
        });
        return source.Task;
    }
}
