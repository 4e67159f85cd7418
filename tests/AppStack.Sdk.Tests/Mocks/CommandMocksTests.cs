using System.Collections.Immutable;
using Pulumi;
using Pulumi.Command.Remote;
using Pulumi.Command.Remote.Inputs;
using Pulumi.Random;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace AppStack.Sdk.Tests.Mocks;

public sealed class CommandMocksTests
{
    [Fact]
    public async Task A_program_of_commands_and_passwords_runs_against_mocks()
    {
        var mocks = new RecordingMocks();
        var (resources, outputs) = await Deployment.TestAsync(mocks, new TestOptions { IsPreview = false }, () =>
        {
            var password = new RandomPassword("secret", new RandomPasswordArgs { Length = 16 });
            var command = new Pulumi.Command.Remote.Command("install", new CommandArgs
            {
                Connection = new ConnectionArgs { Host = "10.0.0.1", PrivateKey = "key" },
                Create = Output.Format($"echo {password.Result}"),
                Triggers = new object[] { password.Result, 3 },
                Environment = { ["A"] = "b", ["P"] = password.Result },
            });
            return new Dictionary<string, object?>(StringComparer.Ordinal) { ["stdout"] = command.Stdout };
        });

        Assert.Equal(["secret", "install"], resources.Select(resource => resource.GetResourceName()));
        var install = mocks.Resources.Single(resource => resource.Name == "install");
        Assert.Equal("echo hunter2", install.Inputs["create"]);
        Assert.Equal(["hunter2", 3.0], ((ImmutableArray<object>)install.Inputs["triggers"]).ToArray());
        var connection = (ImmutableDictionary<string, object>)install.Inputs["connection"];
        Assert.Equal(22.0, connection["port"]);
        Assert.Equal("out of install", await OutputUtilities.GetValueAsync((Output<string>)outputs["stdout"]!));
    }

    private sealed class RecordingMocks : IMocks
    {
        public List<MockResourceArgs> Resources { get; } = [];

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
        {
            lock (Resources)
            {
                Resources.Add(args);
            }

            return Task.FromResult<(string?, object)>((
                args.Name + "_id",
                args.Inputs.Add("result", "hunter2").Add("stdout", "out of " + args.Name)));
        }

        public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(args.Args);
    }
}
