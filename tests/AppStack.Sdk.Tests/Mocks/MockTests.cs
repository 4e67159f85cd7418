using System.Collections.Immutable;
using AppStack.Sdk.Tests.Support;
using Moq;
using Pulumi;
using Pulumi.Testing;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Mocks;

public sealed class MockTests
{
    private static readonly TestOptions Update = new() { IsPreview = false };

    [Fact]
    public async Task Moq_can_play_the_mocks()
    {
        var mocks = new Mock<IMocks>(MockBehavior.Strict);
        mocks.Setup(mock => mock.NewResourceAsync(It.Is<MockResourceArgs>(args => args.Type == Sample.Token)))
            .ReturnsAsync((MockResourceArgs args) => (args.Name + "-id", (object)args.Inputs.SetItem("number", 9)));
        mocks.Setup(mock => mock.RegisterResourceOutputs(It.IsAny<MockRegisterResourceOutputsRequest>())).Returns(Task.CompletedTask);
        Sample? sample = null;
        var resources = await Deployment.TestAsync(mocks.Object, Update, () => { sample = new Sample("n", new SampleArgs { Text = "t" }); });

        Assert.Same(sample, Assert.Single(resources));
        Assert.Equal(("t", 9, "n-id"), ((await Facts(sample!.Text)).Value, (await Facts(sample.Number)).Value, (await Facts(sample.Id)).Value));
        mocks.Verify(mock => mock.NewResourceAsync(It.IsAny<MockResourceArgs>()), Times.Once);
    }

    [Fact]
    public async Task Inputs_are_plain_values()
    {
        MockResourceArgs? seen = null;
        var mocks = Creating(args => seen = args);
        await Deployment.TestAsync(mocks, new TestOptions(), () => _ = new Sample(
            "n",
            new SampleArgs
            {
                Text = Output.CreateSecret("t"),
                Number = 3,
                Flag = Unknown<bool>(),
                List = { "a" },
                Map = { ["k"] = Output.CreateSecret("v") },
                Nested = new SampleNestedArgs { Host = "h" },
                Raw = new Sample("other"),
            }));

        Assert.Equal("t", seen!.Inputs["text"]);
        Assert.Equal(3.0, seen.Inputs["number"]);
        Assert.False(seen.Inputs.ContainsKey("flag"));
        Assert.Equal(["a"], ((ImmutableArray<object?>)seen.Inputs["list"]).ToArray());
        Assert.Equal("v", ((ImmutableDictionary<string, object?>)seen.Inputs["map"])["k"]);
        Assert.Equal("h", ((ImmutableDictionary<string, object?>)seen.Inputs["nested"])["host"]);
        Assert.Equal("other", ((Resource)seen.Inputs["raw"]).GetResourceName());
        Assert.Equal(("", ""), (seen.Provider, seen.Id));
    }

    [Fact]
    public async Task A_partly_unknown_input_is_left_out()
    {
        MockResourceArgs? seen = null;
        await Deployment.TestAsync(Creating(args => seen = args), new TestOptions(), () => { _ = new Sample("n", new SampleArgs { List = { "a", Unknown<string>() } }); });

        Assert.Empty(seen!.Inputs);
    }

    [Fact]
    public async Task Components_are_mocked_too_and_the_stack_is_not()
    {
        var types = new List<string>();
        await Deployment.TestAsync(Creating(args => types.Add(args.Type!)), Update, () => { _ = new Group("g"); });

        Assert.Equal([Group.Token], types);
    }

    [Fact]
    public async Task By_default_a_test_is_a_preview_with_unknown_outputs()
    {
        Sample? sample = null;
        var isDryRun = false;
        await Deployment.TestAsync(new EmptyMocks(), new TestOptions(), () =>
        {
            isDryRun = Deployment.Instance.IsDryRun;
            sample = new Sample("n", new SampleArgs { Text = "t" });
        });

        Assert.True(isDryRun);
        Assert.Equal(("t", true, false), await Facts(sample!.Text));
        Assert.False((await Facts(sample.Number)).IsKnown);
        Assert.False((await Facts(sample.Id)).IsKnown);
    }

    [Fact]
    public async Task In_an_update_missing_outputs_are_known()
    {
        Sample? sample = null;
        await Deployment.TestAsync(new EmptyMocks(), Update, () => { sample = new Sample("n"); });

        Assert.Equal((0, true, false), await Facts(sample!.Number));
        Assert.False((await Facts(sample.Id)).IsKnown);
    }

    [Fact]
    public async Task The_options_name_the_run()
    {
        var seen = "";
        void Look() => seen = $"{Deployment.Instance.OrganizationName}/{Deployment.Instance.ProjectName}/{Deployment.Instance.StackName}";

        await Deployment.TestAsync(new EmptyMocks(), new TestOptions(), Look);
        Assert.Equal("organization/project/stack", seen);
        await Deployment.TestAsync(new EmptyMocks(), new TestOptions { OrganizationName = "o", ProjectName = "p", StackName = "s" }, Look);
        Assert.Equal("o/p/s", seen);
    }

    [Fact]
    public async Task The_root_directory_must_be_given()
    {
        await Deployment.TestAsync(new EmptyMocks(), new TestOptions { RootDirectory = "/r" }, () => Assert.Equal("/r", Deployment.Instance.RootDirectory));
        await Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync(new EmptyMocks(), new TestOptions(), () => { _ = Deployment.Instance.RootDirectory; }));
    }

    [Fact]
    public async Task A_stack_class_can_be_tested()
    {
        var resources = await Deployment.TestAsync<TwoSamples>(new EmptyMocks());

        Assert.Equal(["project-stack", "a", "b"], resources.Select(resource => resource.GetResourceName()));
        Assert.IsType<TwoSamples>(resources[0]);
    }

    [Fact]
    public async Task A_stack_class_from_a_service_provider_can_be_tested()
    {
        var services = new Mock<IServiceProvider>();
        services.Setup(provider => provider.GetService(typeof(TwoSamples))).Returns(() => new TwoSamples());

        Assert.Equal(3, (await Deployment.TestWithServiceProviderAsync<TwoSamples>(new EmptyMocks(), services.Object)).Length);
    }

    [Fact]
    public async Task All_forms_of_programs_can_be_tested()
    {
        IDictionary<string, object?> Outputs() => new Dictionary<string, object?>(StringComparer.Ordinal) { ["sample"] = new Sample("n").Text };

        Assert.Single(await Deployment.TestAsync(new EmptyMocks(), Update, () => { _ = new Sample("n"); }));
        Assert.Single(await Deployment.TestAsync(new EmptyMocks(), Update, async () =>
        {
            await Task.Yield();
            _ = new Sample("n");
        }));
        var (resources, outputs) = await Deployment.TestAsync(new EmptyMocks(), Update, Outputs);
        Assert.Single(resources);
        Assert.IsType<Output<string?>>(outputs["sample"]);
        (resources, outputs) = await Deployment.TestAsync(new EmptyMocks(), Update, async () =>
        {
            await Task.Yield();
            return Outputs();
        });
        Assert.Single(resources);
        Assert.Single(outputs);
    }

    [Fact]
    public async Task A_failing_program_throws()
    {
        var exception = await Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync(new EmptyMocks(), Update, (Action)(() => throw new RunException("no"))));
        Assert.Equal("no", exception.Message);
    }

    [Fact]
    public async Task A_logged_error_throws()
    {
        var exception = await Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync(new EmptyMocks(), Update, () => Log.Error("bad")));
        Assert.Equal("bad", exception.Message);
    }

    [Fact]
    public async Task Several_errors_throw_together()
    {
        var exception = await Assert.ThrowsAsync<AggregateException>(() => Deployment.TestAsync(new EmptyMocks(), Update, () =>
        {
            Log.Error("one");
            Log.Error("two");
        }));

        Assert.Equal(["one", "two"], exception.InnerExceptions.Select(inner => Assert.IsType<RunException>(inner).Message));
    }

    [Fact]
    public async Task A_failing_mock_fails_the_test()
    {
        var exception = await Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync(
            Creating(_ => throw new InvalidOperationException("mock failed")),
            Update,
            () => { _ = new Sample("n"); }));

        Assert.Contains("mock failed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_may_be_args_or_an_output_type_but_no_other_object()
    {
        Sample? sample = null;
        await Deployment.TestAsync(Giving(new SampleArgs { Text = "from args" }), Update, () => { sample = new Sample("n"); });
        Assert.Equal("from args", (await Facts(sample!.Text)).Value);
        await Deployment.TestAsync(Giving(new Dictionary<string, object>(StringComparer.Ordinal) { ["text"] = Output.CreateSecret("from map") }), Update, () => { sample = new Sample("n"); });
        Assert.Equal(("from map", true, true), await Facts(sample!.Text));

        var exception = await Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync(Giving(new { text = "anonymous" }), Update, () => { _ = new Sample("n"); }));
        Assert.Contains("is not a supported argument type", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_are_answered_by_the_mocks()
    {
        var mocks = new Mock<IMocks>();
        mocks.Setup(mock => mock.CallAsync(It.Is<MockCallArgs>(call => call.Token == "a:b:f" && (string)call.Args["x"] == "1")))
            .ReturnsAsync(new Dictionary<string, object>(StringComparer.Ordinal) { ["host"] = "answer" });
        var host = "";
        await Deployment.TestAsync(mocks.Object, Update, async () =>
            host = (await Facts(Deployment.Instance.Invoke<SampleNested>("a:b:f", new DictionaryInvokeArgs(ImmutableDictionary<string, object?>.Empty.Add("x", "1"))))).Value.Host);

        Assert.Equal("answer", host);
    }

    [Fact]
    public async Task Outputs_of_components_and_of_the_stack_are_told_to_the_mocks()
    {
        var told = new Dictionary<string, ImmutableDictionary<string, Output<object?>>>(StringComparer.Ordinal);
        var mocks = new Mock<IMocks>();
        mocks.Setup(mock => mock.NewResourceAsync(It.IsAny<MockResourceArgs>())).ReturnsAsync((null, ImmutableDictionary<string, object>.Empty));
        mocks.Setup(mock => mock.RegisterResourceOutputs(It.IsAny<MockRegisterResourceOutputsRequest>()))
            .Callback((MockRegisterResourceOutputsRequest request) => told[request.Urn.Split("::")[^1]] = request.Outputs)
            .Returns(Task.CompletedTask);
        await Deployment.TestAsync(mocks.Object, Update, () => { _ = new Group("g"); });

        Assert.Equal(("exported by g", true, false), await Facts(told["g"]["Exported"]));
        Assert.Empty(told["project-stack"]);
    }

    [Fact]
    public async Task Urns_are_those_of_the_official_mocks()
    {
        var urns = new List<string>();
        await Deployment.TestAsync(new EmptyMocks(), Update, async () =>
        {
            var group = new Group("g");
            var child = new Sample("child", options: new CustomResourceOptions { Parent = group });
            urns.Add((await Facts(group.Urn)).Value);
            urns.Add((await Facts(child.Urn)).Value);
        });

        Assert.Equal(
            [
                "urn:pulumi:stack::project::pulumi:pulumi:Stack$sample:index:Group::g",
                "urn:pulumi:stack::project::pulumi:pulumi:Stack$sample:index:Sample::child",
            ],
            urns);
    }

    [Fact]
    public async Task Reads_and_lookups_are_answered_by_the_mocks()
    {
        MockResourceArgs? seen = null;
        Sample? found = null;
        await Deployment.TestAsync(Creating(args => seen = args), Update, async () =>
        {
            var read = new Sample("read", new SampleArgs { Text = "t" }, new CustomResourceOptions { Id = "existing" });
            found = new Sample("again", options: new CustomResourceOptions { Urn = (await Facts(read.Urn)).Value });
        });

        Assert.Equal("existing", seen!.Id);
        Assert.Equal("t", (await Facts(found!.Text)).Value);
    }

    private static IMocks Creating(Action<MockResourceArgs> look)
    {
        var mocks = new Mock<IMocks>();
        mocks.Setup(mock => mock.NewResourceAsync(It.IsAny<MockResourceArgs>()))
            .Returns((MockResourceArgs args) =>
            {
                if (args.Name != "other")
                {
                    look(args);
                }

                return Task.FromResult<(string?, object)>((args.Name + "-id", args.Inputs));
            });
        mocks.Setup(mock => mock.RegisterResourceOutputs(It.IsAny<MockRegisterResourceOutputsRequest>())).Returns(Task.CompletedTask);
        return mocks.Object;
    }

    private static IMocks Giving(object state)
    {
        var mocks = new Mock<IMocks>();
        mocks.Setup(mock => mock.NewResourceAsync(It.IsAny<MockResourceArgs>())).ReturnsAsync(("id", state));
        mocks.Setup(mock => mock.RegisterResourceOutputs(It.IsAny<MockRegisterResourceOutputsRequest>())).Returns(Task.CompletedTask);
        return mocks.Object;
    }

    public sealed class TwoSamples : Stack
    {
        public TwoSamples()
        {
            var first = new Sample("a", new SampleArgs { Text = "t" });
            _ = new Sample("b", new SampleArgs { Text = first.Text! });
        }
    }
}
