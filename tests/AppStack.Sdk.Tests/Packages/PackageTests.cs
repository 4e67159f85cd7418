using System.Reflection;
using AppStack.Engine.Model.Values;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using Pulumi.Command.Remote;
using Pulumi.Command.Remote.Inputs;
using Pulumi.Random;
using static AppStack.Sdk.Tests.Support.Values;
using Local = Pulumi.Command.Local;
using RemoteCommand = Pulumi.Command.Remote.Command;

namespace AppStack.Sdk.Tests.Packages;

public sealed class PackageTests
{
    [Fact]
    public async Task A_remote_command_is_secret_about_its_connection_and_replaced_by_triggers()
    {
        var monitor = await Run.Ok(() => _ = new RemoteCommand("n", new CommandArgs
        {
            Connection = new ConnectionArgs { Host = "h", PrivateKey = "k" },
            Create = "true",
            Logging = Logging.StdoutAndStderr,
            Triggers = new object[] { 1 },
        }));
        var request = monitor.Request("n");

        Assert.Equal(("command:remote:Command", "1.1.3"), (request.Type, request.Options.Version));
        Assert.Equal(["triggers[*]"], request.Options.ReplaceOnChanges.ToArray());
        Assert.Equal(["connection"], request.Options.AdditionalSecretOutputs.ToArray());
        Assert.Equal(
            Map(
                ("dialErrorLimit", PropertyValue.Of(10)),
                ("host", Text("h")),
                ("perDialTimeout", PropertyValue.Of(15)),
                ("port", PropertyValue.Of(22)),
                ("privateKey", Text("k").AsSecret()),
                ("user", Text("root"))).AsSecret(),
            request.Inputs["connection"]);
        Assert.Equal(Text("stdoutAndStderr"), request.Inputs["logging"]);
    }

    [Fact]
    public async Task A_remote_command_needs_a_connection()
    {
        var errors = await Run.Failing(() => _ = new RemoteCommand("n", new CommandArgs { Create = "true" }));

        Assert.Contains("is required but was not given a value", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_command_needs_nothing()
    {
        var monitor = await Run.Ok(() =>
        {
            _ = new Local.Command("bare");
            _ = new Local.Command("n", new Local.CommandArgs { Create = "true", Interpreter = { "/bin/bash", "-c" }, Environment = { ["A"] = "b" }, AssetPaths = { "*.txt" } });
        });

        Assert.Empty(monitor.Request("bare").Inputs);
        Assert.Equal(Map(("A", Text("b"))), monitor.Request("n").Inputs["environment"]);
        Assert.Equal(["triggers[*]"], monitor.Request("n").Options.ReplaceOnChanges.ToArray());
    }

    [Fact]
    public async Task A_file_is_copied_with_its_source()
    {
        var monitor = await Run.Ok(() => _ = new CopyToRemote("n", new CopyToRemoteArgs
        {
            Connection = new ConnectionArgs { Host = "h" },
            Source = new FileAsset("/f"),
            RemotePath = "/r",
        }));

        Assert.Equal(new PropertyValue.Asset("", Path: "/f"), monitor.Request("n").Inputs["source"]);
        Assert.Equal("command:remote:CopyToRemote", monitor.Request("n").Type);
    }

    [Fact]
    public async Task A_connection_may_go_through_a_proxy()
    {
        var monitor = await Run.Ok(() => _ = new RemoteCommand("n", new CommandArgs
        {
            Connection = new ConnectionArgs { Host = "h", Proxy = new ProxyConnectionArgs { Host = "bastion", Password = "p" } },
        }));
        var connection = (PropertyValue.Map)((PropertyValue.Secret)monitor.Request("n").Inputs["connection"]).Element;

        Assert.Equal(Text("p").AsSecret(), ((PropertyValue.Map)connection.Members["proxy"]).Members["password"]);
    }

    [Fact]
    public async Task Outputs_of_commands_are_read()
    {
        var monitor = new FakeMonitor
        {
            OnRegister = request => Task.FromResult(FakeMonitor.Echo(request) with { Outputs = request.Inputs.With("stdout", Text("out")).With("stderr", Text("")) }),
        };
        RemoteCommand? command = null;
        await Run.Ok(
            () => command = new RemoteCommand("n", new CommandArgs { Connection = new ConnectionArgs { Host = "h", Port = 2222 }, Triggers = new object[] { "t", 1 }, Logging = Logging.None }),
            monitor: monitor);

        Assert.Equal(("out", true, false), await Facts(command!.Stdout));
        var (connection, _, isSecret) = await Facts(command.Connection);
        Assert.Equal(("h", 2222.0, true), (connection.Host, connection.Port, isSecret));
        Assert.Equal(["t", 1.0], (await Facts(command.Triggers)).Value.ToArray());
        Assert.Equal(Logging.None, (await Facts(command.Logging)).Value);
    }

    [Fact]
    public async Task Passwords_are_secret()
    {
        var monitor = await Run.Ok(() => _ = new RandomPassword("n", new RandomPasswordArgs { Length = 20, Special = false, Keepers = { ["k"] = "v" } }));
        var request = monitor.Request("n");

        Assert.Equal(("random:index/randomPassword:RandomPassword", "4.18.2"), (request.Type, request.Options.Version));
        Assert.Equal(["bcryptHash", "result"], request.Options.AdditionalSecretOutputs.ToArray());
        Assert.Equal(
            PropertyMap.Of(("keepers", Map(("k", Text("v")))), ("length", PropertyValue.Of(20)), ("special", PropertyValue.Of(value: false))),
            request.Inputs);
    }

    [Fact]
    public async Task The_user_s_options_are_added_to_the_package_s()
    {
        var monitor = await Run.Ok(() => _ = new RandomPassword("n", new RandomPasswordArgs { Length = 20 }, new CustomResourceOptions { AdditionalSecretOutputs = { "x" }, Version = "9.9.9" }));

        Assert.Equal(["bcryptHash", "result", "x"], monitor.Request("n").Options.AdditionalSecretOutputs.ToArray());
        Assert.Equal("9.9.9", monitor.Request("n").Options.Version);
    }

    [Fact]
    public async Task Existing_resources_are_read_with_Get()
    {
        var monitor = await Run.Ok(() =>
        {
            _ = RandomPassword.Get("p", "none", new RandomPasswordState { Result = "r", Length = 1 });
            _ = RemoteCommand.Get("c", "id");
        });

        Assert.Equal(["c id", "p none"], monitor.ReadRequests.Select(request => $"{request.Name} {request.Id}").Order(StringComparer.Ordinal));
        Assert.Equal(Text("r").AsSecret(), monitor.ReadRequests.Single(request => request.Name == "p").Properties["result"]);
    }

    [Fact]
    public async Task Providers_are_resources()
    {
        var monitor = await Run.Ok(() =>
        {
            var provider = new Pulumi.Random.Provider("p");
            _ = new RandomPet("pet", options: new CustomResourceOptions { Provider = provider });
            _ = new Pulumi.Command.Provider("c");
        });

        Assert.Equal("pulumi:providers:random", monitor.Request("p").Type);
        Assert.Equal("pulumi:providers:command", monitor.Request("c").Type);
        Assert.Contains("::p::", monitor.Request("pet").Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Local_run_calls_the_function()
    {
        var monitor = new FakeMonitor
        {
            OnInvoke = request => new AppStack.Engine.Model.Registration.InvokeResponse(request.Arguments.With("stdout", Text("out")).With("stderr", Text("")), []),
        };
        var seen = "";
        await Run.Ok(
            async () =>
            {
                var output = Local.Run.Invoke(new Local.RunInvokeArgs { Command = Later("ls"), Interpreter = { "/bin/bash" }, Environment = { ["A"] = "b" } });
                var plain = await Local.Run.InvokeAsync(new Local.RunArgs { Command = "pwd", Logging = Local.Logging.None });
                var result = (await Facts(output)).Value;
                seen = $"{result.Command} {result.Stdout} {result.Interpreter[0]} {result.Environment!["A"]} {plain.Command} {plain.Logging}";
            },
            monitor: monitor);

        Assert.Equal("ls out /bin/bash b pwd none", seen);
        Assert.All(monitor.Invoked, request => Assert.Equal(("command:local:run", "1.1.3"), (request.Token, request.Version)));
    }

    [Theory]
    [InlineData(typeof(RandomPassword))]
    [InlineData(typeof(RemoteCommand))]
    public void Every_output_of_every_resource_can_be_filled(Type anyOfPackage)
    {
        foreach (var type in anyOfPackage.Assembly.GetExportedTypes().Where(type => typeof(CustomResource).IsAssignableFrom(type)))
        {
            Assert.NotEmpty(Pulumi.Serialization.OutputProperty.Of(type));
            Assert.NotNull(type.GetCustomAttribute<ResourceTypeAttribute>());
        }
    }
}
