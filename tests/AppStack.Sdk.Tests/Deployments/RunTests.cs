using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Deployments;

public sealed class RunTests
{
    private const string StackUrn = "urn:pulumi:stack::project::pulumi:pulumi:Stack::project-stack";

    [Fact]
    public async Task Without_an_engine_a_program_says_how_to_run_it()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Deployment.RunAsync(() => { }));
        Assert.Contains("./appstack", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(Deployment.RunAsync<EmptyStack>);
    }

    [Fact]
    public void Outside_a_run_there_is_no_instance() => Assert.Throws<InvalidOperationException>(() => Deployment.Instance);

    [Fact]
    public async Task The_instance_tells_what_the_run_is()
    {
        var seen = "";
        await Run.Ok(() => seen = $"{Deployment.Instance.OrganizationName}/{Deployment.Instance.ProjectName}/{Deployment.Instance.StackName} {Deployment.Instance.IsDryRun} {Deployment.Instance.RootDirectory}", isDryRun: true);

        Assert.Equal("organization/project/stack True /project", seen);
        Assert.Throws<InvalidOperationException>(() => Deployment.Instance);
    }

    [Fact]
    public async Task The_program_s_outputs_become_the_stack_s()
    {
        var monitor = new FakeMonitor();
        var exitCode = await Run.Program(monitor, () => Deployment.RunAsync(() => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["plain"] = 1,
            ["output"] = Later("x"),
            ["secret"] = Output.CreateSecret("s"),
            ["nested"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["inner"] = Output.Create(true) },
            ["nothing"] = null,
        }));

        Assert.Equal(0, exitCode);
        Assert.Equal(
            PropertyMap.Of(("plain", PropertyValue.Of(1)), ("output", Text("x")), ("secret", Text("s").AsSecret()), ("nested", Map(("inner", PropertyValue.Of(value: true))))),
            monitor.Outputs[StackUrn]);
    }

    [Fact]
    public async Task An_asynchronous_program_may_give_outputs()
    {
        var monitor = new FakeMonitor();
        await Run.Program(monitor, () => Deployment.RunAsync(async () =>
        {
            await Task.Yield();
            return (IDictionary<string, object?>)new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = 1 };
        }));

        Assert.Equal(PropertyValue.Of(1), monitor.Outputs[StackUrn]["a"]);
    }

    [Fact]
    public async Task A_program_without_outputs_registers_none() => Assert.Empty((await Run.Ok(() => { })).Outputs[StackUrn]);

    [Fact]
    public async Task A_stack_class_exports_its_marked_properties()
    {
        var monitor = new FakeMonitor();

        Assert.Equal(0, await Run.Program(monitor, Deployment.RunAsync<GoodStack>));
        Assert.Equal(PropertyMap.Of(("renamed", Text("a")), ("Plain", PropertyValue.Of(2))), monitor.Outputs[StackUrn]);
    }

    [Fact]
    public async Task A_stack_may_come_from_a_service_provider()
    {
        var monitor = new FakeMonitor();

        Assert.Equal(0, await Run.Program(monitor, () => Deployment.RunAsync<InjectedStack>(new Services("injected"))));
        Assert.Equal(Text("injected"), monitor.Outputs[StackUrn]["Name"]);
    }

    [Fact]
    public async Task A_stack_that_cannot_be_resolved_fails()
    {
        var monitor = new FakeMonitor();

        Assert.Equal(32, await Run.Program(monitor, () => Deployment.RunAsync<GoodStack>(new Services("x"))));
        Assert.Contains("Failed to resolve instance of type", Assert.Single(monitor.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_output_without_value_fails()
    {
        var monitor = new FakeMonitor();

        Assert.Equal(32, await Run.Program(monitor, Deployment.RunAsync<NullStack>));
        Assert.Equal("Output(s) 'Missing' have no value assigned. [Output] attributed properties must be assigned inside Stack constructor.", Assert.Single(monitor.Errors));
        Assert.Empty(monitor.Outputs);
    }

    [Fact]
    public async Task A_stack_output_that_is_no_output_fails()
    {
        var monitor = new FakeMonitor();

        Assert.Equal(32, await Run.Program(monitor, Deployment.RunAsync<WrongStack>));
        Assert.Contains("'Wrong' have incorrect type", Assert.Single(monitor.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logged_errors_fail_the_run_with_1()
    {
        var monitor = new FakeMonitor();

        Assert.Equal(1, await Run.Program(monitor, () => Deployment.RunAsync(() => Log.Error("bad"))));
        Assert.Equal(["bad"], monitor.Errors);
    }

    [Fact]
    public async Task Messages_carry_severity_and_resource()
    {
        var monitor = await Run.Ok(() =>
        {
            var sample = new Sample("n");
            Log.Debug("d");
            Log.Info("i", sample, streamId: 7, ephemeral: true);
            Log.Warn("w");
        });

        Assert.Equal(["d Debug", "i Info", "w Warning"], monitor.Logged.Select(message => $"{message.Message} {message.Severity}").Order(StringComparer.Ordinal));
        Assert.Equal(
            new LogMessage(LogSeverity.Info, "i", FakeMonitor.UrnOf(parent: null, Sample.Token, "n"), 7, Ephemeral: true),
            monitor.Logged.Single(message => message.Message == "i"));
    }

    [Fact]
    public async Task A_message_about_a_resource_still_under_way_waits_for_its_name()
    {
        var gate = new TaskCompletionSource();
        var monitor = new FakeMonitor
        {
            OnRegister = async request =>
            {
                await gate.Task;
                return FakeMonitor.Echo(request);
            },
        };
        await Run.Ok(
            () =>
            {
                Log.Info("i", new Sample("n"));
                gate.SetResult();
            },
            monitor: monitor);

        Assert.NotNull(Assert.Single(monitor.Logged).Urn);
    }

    [Fact]
    public async Task Log_Exception_is_an_error_with_the_stack()
    {
        var monitor = new FakeMonitor();
        await Run.Program(monitor, () => Deployment.RunAsync(() => Log.Exception(new InvalidOperationException("no"))));

        Assert.StartsWith("System.InvalidOperationException: no", Assert.Single(monitor.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_exception_shows_its_message_only() => Assert.Equal(["how to fix it"], await Run.Failing(() => throw new RunException("how to fix it")));

    [Fact]
    public async Task Another_exception_shows_its_stack()
    {
        var error = Assert.Single(await Run.Failing(() => throw new InvalidOperationException("no")));

        Assert.Contains("failed with an unhandled exception", error, StringComparison.Ordinal);
        Assert.Contains(nameof(RunTests), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_exception_names_the_resource()
    {
        var monitor = new FakeMonitor();
        await Run.Program(monitor, () => Deployment.RunAsync((Action)(() => throw new ResourceException("bad port", new Sample("n"), hideStack: true))));
        var message = monitor.Logged.Single(logged => logged.Severity == LogSeverity.Error);

        Assert.Equal("bad port", message.Message);
        Assert.Equal(FakeMonitor.UrnOf(parent: null, Sample.Token, "n"), message.Urn);
    }

    [Fact]
    public async Task A_failing_program_still_waits_for_what_it_began()
    {
        var monitor = new FakeMonitor();
        monitor.OnRegister = async request =>
        {
            await Task.Yield();
            return FakeMonitor.Echo(request);
        };
        await Run.Failing(
            () =>
            {
                var first = new Sample("first");
                _ = new Sample("second", new SampleArgs { Text = first.Id });
                throw new RunException("later");
            },
            monitor: monitor);

        Assert.Contains(monitor.Registered, request => request.Name == "second");
        Assert.Empty(monitor.Outputs);
    }

    [Fact]
    public async Task Resources_made_in_callbacks_are_waited_for()
    {
        var monitor = await Run.Ok(() =>
        {
            _ = Later(3).Apply(count => Enumerable.Range(0, count).Select(i => new Sample($"made-{i}")).ToArray());
        });

        Assert.Equal(3, monitor.Registered.Count(request => request.Custom));
    }

    [Fact]
    public async Task A_failing_callback_fails_the_run_once()
    {
        var errors = await Run.Failing(() =>
        {
            var failing = Later(1).Apply(new Func<int, int>(_ => throw new RunException("in callback")));
            _ = failing.Apply(value => value + 1);
            _ = Output.Format($"{failing}");
        });

        Assert.Equal(["in callback"], errors);
    }

    [Fact]
    public async Task Several_failures_are_all_told()
    {
        var errors = await Run.Failing(() =>
        {
            _ = Later(1).Apply(new Func<int, int>(_ => throw new RunException("one")));
            _ = Later(1).Apply(new Func<int, int>(_ => throw new RunException("two")));
        });

        Assert.Equal(["one", "two"], errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_task_in_the_program_is_a_failure()
    {
        var errors = await Run.Failing(() =>
        {
            var timedOut = Output.Create(Task.FromException<int>(new TaskCanceledException("timed out")));
            _ = timedOut.Apply(value => value + 1);
        });

        Assert.Contains("timed out", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_cancelled_does_not_tell_so_again()
    {
        using var cancellation = new CancellationTokenSource();
        var monitor = new FakeMonitor
        {
            OnRegister = async _ =>
            {
                await cancellation.CancelAsync();
                throw new OperationCanceledException(cancellation.Token);
            },
        };
        var exitCode = await Run.Program(
            monitor,
            () => Deployment.RunAsync(() => _ = new Sample("second", new SampleArgs { Text = new Sample("first").Id })),
            cancellationToken: cancellation.Token);

        Assert.Equal(32, exitCode);
        Assert.Empty(monitor.Errors);
    }

    [Fact]
    public async Task Runs_beside_each_other_do_not_mix()
    {
        async Task<string> RunOne(string name)
        {
            var seen = "";
            await new ProgramHost { Monitor = new FakeMonitor(), Project = name, Stack = "s" }.RunAsync(() => Deployment.RunAsync(async () =>
            {
                await Task.Yield();
                seen = Deployment.Instance.ProjectName;
            }));
            return seen;
        }

        var names = Enumerable.Range(0, 20).Select(i => $"p{i}").ToArray();
        Assert.Equal(names, await Task.WhenAll(names.Select(RunOne)));
    }

    [Fact]
    public async Task A_run_within_a_run_is_refused()
    {
        Exception? exception = null;
        await Run.Ok(async () => exception = await Record.ExceptionAsync(() => Deployment.RunAsync(() => { })));

        Assert.IsType<InvalidOperationException>(exception);
    }

    [Fact]
    public async Task Methods_of_resources_are_refused_by_name()
    {
        var errors = await Run.Failing(() => Deployment.Instance.Call<string>("a:b:C/method", CallArgs.Empty));

        Assert.Contains("'a:b:C/method' is a method of a resource", Assert.Single(errors), StringComparison.Ordinal);
    }

    public sealed class EmptyStack : Stack;

    public sealed class GoodStack : Stack
    {
        public GoodStack()
        {
            Name = Output.Create("a");
            Plain = Later(2);
        }

        [Output("renamed")]
        public Output<string> Name { get; set; }

        [Output]
        public Output<int> Plain { get; set; }

        public Output<int>? NotExported { get; set; }
    }

    public sealed class NullStack : Stack
    {
        [Output]
        public Output<string> Missing { get; set; } = null!;
    }

    public sealed class WrongStack : Stack
    {
        [Output]
        public string Wrong { get; set; } = "x";
    }

    public sealed class InjectedStack(string name) : Stack
    {
        [Output]
        public Output<string> Name { get; set; } = Output.Create(name);
    }

    private sealed class Services(string name) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(InjectedStack) ? new InjectedStack(name) : null;
    }
}
