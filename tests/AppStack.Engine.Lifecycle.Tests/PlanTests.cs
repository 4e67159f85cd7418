using System.Text.Json.Nodes;
using AppStack.Engine.Events;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Operations;
using AppStack.Engine.Plans;

namespace AppStack.Engine.Lifecycle.Tests;

/// <summary>Saved plans: what a preview has decided holds for the update, and everything else is refused before its effect.</summary>
public sealed class PlanTests : LifecycleTest
{
    private const string UrnOfA = "urn:pulumi:dev::proj::test:index:Thing::a";
    private static readonly PropertyValue Computed = PropertyValue.Unknown.Instance;

    private string PlanFile => Path.Combine(Directory, "plan.json");

    [Fact]
    public async Task PlannedUpdate()
    {
        var planned = Inputs(("foo", Text("bar")), ("baz", Map(("a", PropertyValue.Of(42)), ("b", Computed))), ("qux", List(Computed, PropertyValue.Of(24))), ("zed", Computed));
        await PlanAsync(program => program.ResourceAsync("a", null, planned));

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a", null, ("qux", List(Text("alpha"), PropertyValue.Of(24)))));
        Assert.Equal(
            $"{UrnOfA} is not as planned: the property 'baz' was to be added as {{\"a\":42,\"b\":\"[unknown]\"}}, but is not there; "
            + "the property 'foo' was to be added as \"bar\", but is not there.",
            Assert.Single(errors));
        Assert.False(Has("a"));
        Assert.DoesNotContain(World.TakeCalls(), call => call.StartsWith("create", StringComparison.Ordinal));

        await UpWithPlanAsync(program => program.ResourceAsync(
            "a", null, ("foo", Text("bar")), ("baz", Map(("a", PropertyValue.Of(42)), ("b", Text("alpha")))), ("qux", List(Text("beta"), PropertyValue.Of(24))), ("zed", Text("grr"))));
        Assert.Equal(Text("grr"), Resource("a").Outputs["zed"]);
    }

    [Fact]
    public async Task UnplannedCreate()
    {
        await PlanAsync(_ => Task.CompletedTask);

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a"));

        Assert.Contains(errors, error => error.Contains("create of urn:pulumi:dev::proj::pulumi:providers:test::default_1_0_0 is not in the plan", StringComparison.Ordinal));
        Assert.False(Has("a"));
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task UnplannedDelete()
    {
        await UpOkAsync(Both);
        await PlanAsync(Both);
        World.TakeCalls();

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a"));

        Assert.Equal("delete of urn:pulumi:dev::proj::test:index:Thing::b is not in the plan: same was expected.", Assert.Single(errors));
        Assert.True(Has("b"));
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task UnplannedDeletes_are_all_told_and_none_is_done()
    {
        await UpOkAsync(Both);
        await PlanAsync(Both);
        World.TakeCalls();

        var errors = await UpWithPlanFailsAsync(_ => Task.CompletedTask);

        Assert.Contains(errors, error => error.Contains("::a is not in the plan", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("::b is not in the plan", StringComparison.Ordinal));
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task UnplannedUpdate_of_something_the_plan_leaves_alone()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        await PlanAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))));

        Assert.Equal($"{UrnOfA} is not as planned: the property 'size' was to stay as it is, but becomes \"2\".", Assert.Single(errors));
        Assert.Equal(Text("1"), Resource("a").Inputs["size"]);
    }

    [Fact]
    public async Task UnplannedReplace_where_an_update_was_planned()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        await PlanAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))));
        World.TakeCalls();
        World.OnDiff = _ => new DiffResult { Changes = DiffChanges.Some, ReplaceKeys = ["size"] };

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))));

        Assert.Equal($"create-replacement of {UrnOfA} is not in the plan: update was expected.", Assert.Single(errors));
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task ExpectedDelete()
    {
        await UpOkAsync(Both);
        await PlanAsync(program => program.ResourceAsync("a"));

        var errors = await UpWithPlanFailsAsync(Both);

        Assert.Equal(
            "urn:pulumi:dev::proj::test:index:Thing::b is not as planned: it was to be deleted (delete), but the program declares it.", Assert.Single(errors));
        Assert.True(Has("b"));
    }

    [Fact]
    public async Task ExpectedCreate()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        await PlanAsync(Both);

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a"));

        Assert.Equal("The plan expected create of urn:pulumi:dev::proj::test:index:Thing::b, but that did not come.", Assert.Single(errors));
        Assert.True(Has("a"));
    }

    [Fact]
    public async Task PropertySetChange()
    {
        await PlanAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar")), ("frob", Text("baz"))));

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar"))));

        Assert.Equal($"{UrnOfA} is not as planned: the property 'frob' was to be added as \"baz\", but is not there.", Assert.Single(errors));
    }

    [Fact]
    public async Task ExpectedUnneededCreate()
    {
        await PlanAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar"))));
        await UpOkAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar"))));

        await UpWithPlanAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar"))));

        Assert.True(Has("a"));
    }

    [Fact]
    public async Task ExpectedUnneededDelete()
    {
        await UpOkAsync(Both);
        await PlanAsync(program => program.ResourceAsync("a"));
        await UpOkAsync(program => program.ResourceAsync("a"));

        await UpWithPlanAsync(program => program.ResourceAsync("a"));

        Assert.False(Has("b"));
    }

    [Fact]
    public async Task ResourcesWithSames()
    {
        await PlanAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar")), ("zed", Computed)));
        await UpOkAsync(program => program.ResourceAsync("b", null, ("X", Text("Y"))));

        await UpWithPlanAsync(async program =>
        {
            await program.ResourceAsync("a", null, ("foo", Text("bar")), ("zed", PropertyValue.Of(24)));
            await program.ResourceAsync("b", null, ("X", Text("Y")));
        });

        Assert.Equal(PropertyValue.Of(24), Resource("a").Outputs["zed"]);
        Assert.Equal(Text("Y"), Resource("b").Outputs["X"]);
    }

    [Fact]
    public async Task Something_that_the_plan_does_not_name_must_not_change()
    {
        await PlanAsync(program => program.ResourceAsync("a"));
        await UpOkAsync(program => program.ResourceAsync("b", null, ("X", Text("Y"))));

        var errors = await UpWithPlanFailsAsync(async program =>
        {
            await program.ResourceAsync("a");
            await program.ResourceAsync("b", null, ("X", Text("Z")));
        });

        Assert.Contains("::b is not as planned: the property 'X' was to stay as it is, but becomes \"Z\"", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlannedPreviews()
    {
        await PlanAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar")), ("qux", List(Computed, PropertyValue.Of(24))), ("zed", Computed)));
        Options = Options with { Plan = PlanFile };

        Assert.False((await PreviewAsync(program => program.ResourceAsync("a", null, ("qux", List(Text("alpha"), PropertyValue.Of(24)))))).Succeeded);
        Assert.Contains(Errors, error => error.Contains("'foo' was to be added as \"bar\"", StringComparison.Ordinal));

        var result = await PreviewAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar")), ("qux", List(Text("beta"), PropertyValue.Of(24))), ("zed", Text("grr"))));
        Assert.True(result.Succeeded, string.Join('\n', Errors));
    }

    [Fact]
    public async Task PlannedUpdateChangedStack()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar")), ("zed", PropertyValue.Of(24))));
        await PlanAsync(program => program.ResourceAsync("a", null, ("foo", Text("baz")), ("zed", PropertyValue.Of(24))));
        await UpOkAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar")), ("zed", PropertyValue.Of(26))));

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a", null, ("foo", Text("baz")), ("zed", PropertyValue.Of(24))));

        Assert.Equal($"{UrnOfA} is not as planned: the property 'zed' was to stay as it is, but becomes 24.", Assert.Single(errors));
        Assert.Equal(PropertyValue.Of(26), Resource("a").Outputs["zed"]);
    }

    [Fact]
    public async Task PlannedOutputChanges()
    {
        await PlanAsync(program => ComponentAsync(program, ("foo", Text("bar")), ("frob", Text("baz"))));

        var errors = await UpWithPlanFailsAsync(program => ComponentAsync(program, ("foo", Text("bar"))));

        Assert.Equal(
            "The outputs of urn:pulumi:dev::proj::test:index:Component::c are not as planned: 'frob' was to be added as \"baz\", but is not there.", Assert.Single(errors));
        await UpWithPlanAsync(program => ComponentAsync(program, ("foo", Text("bar")), ("frob", Text("baz"))));
    }

    [Fact]
    public async Task PlannedOutputs_of_the_stack()
    {
        await PlanAsync(program => Task.FromResult(program.Outputs["address"] = Text("1")));

        var errors = await UpWithPlanFailsAsync(program => Task.FromResult(program.Outputs["address"] = Text("2")));

        Assert.Contains("'address' was to be added as \"1\", but is added as \"2\"", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlannedInputOutputDifferences()
    {
        World.OnCreate = (request, _) => Task.FromResult<CreateResult?>(new CreateResult(World.NewId(request.Name), request.Inputs.With("more", Text("24"))));
        World.OnUpdate = (request, _) => Task.FromResult<UpdateResult?>(new UpdateResult(request.NewInputs.With("more", Text("25"))));
        await PlanAsync(program => program.ResourceAsync("a", null, ("frob", Text("baz"))));
        await UpWithPlanAsync(program => program.ResourceAsync("a", null, ("frob", Text("baz"))));
        await PlanAsync(program => program.ResourceAsync("a", null, ("frob", Text("newBazzer"))));

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a", null, ("frob", Text("differentBazzer"))));
        Assert.Equal($"{UrnOfA} is not as planned: the property 'frob' was to become \"newBazzer\", but becomes \"differentBazzer\".", Assert.Single(errors));

        await UpWithPlanAsync(program => program.ResourceAsync("a", null, ("frob", Text("newBazzer"))));
    }

    [Fact]
    public async Task AliasWithPlans()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar"))));
        var renamed = new ResourceOf { Goal = new() { Aliases = [new AliasSpec { Name = "a" }] } };
        await PlanAsync(program => program.ResourceAsync("b", renamed, ("foo", Text("bar"))));

        await UpWithPlanAsync(program => program.ResourceAsync("b", renamed, ("foo", Text("bar"))));

        Assert.True(Has("b"));
        Assert.False(Has("a"));
    }

    [Fact]
    public async Task AliasWithPlans_of_a_replacement()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        var renamed = new ResourceOf { Goal = new() { Aliases = [new AliasSpec { Name = "a" }] } };
        await PlanAsync(program => program.ResourceAsync("b", renamed, ("immutable", Text("2"))));

        await UpWithPlanAsync(program => program.ResourceAsync("b", renamed, ("immutable", Text("2"))));

        Assert.Single(World.Things);
    }

    [Fact]
    public async Task ComputedCanBeDropped()
    {
        var computed = Inputs(("foo", Text("bar")), ("baz", Map(("a", PropertyValue.Of(42)), ("b", Computed))), ("qux", List(Computed, PropertyValue.Of(24))), ("zed", Computed));
        var full = Inputs(("foo", Text("bar")), ("baz", Map(("a", PropertyValue.Of(42)), ("b", Text("alpha")))), ("qux", List(Text("beta"), PropertyValue.Of(24))), ("zed", Text("grr")));
        var partial = Inputs(("foo", Text("bar")), ("baz", Map(("a", PropertyValue.Of(42)))), ("qux", List(PropertyValue.Null.Instance, PropertyValue.Of(24))));

        await PlanAsync(program => WithOutputsAsync(program, computed));
        await UpWithPlanAsync(program => WithOutputsAsync(program, partial));
        Assert.Equal(PropertyMap.Of(partial), Resource("a").Outputs);
        Assert.Equal(PropertyMap.Of(partial), Resource("c").Outputs);

        await UpOkAsync(program => WithOutputsAsync(program, full));
        await PlanAsync(program => WithOutputsAsync(program, computed));
        await UpWithPlanAsync(program => WithOutputsAsync(program, partial));
        Assert.Equal(PropertyMap.Of(partial), Resource("a").Outputs);
        Assert.Equal(PropertyMap.Of(partial), Resource("c").Outputs);
    }

    [Fact]
    public async Task PlannedUpdateWithNondeterministicCheck()
    {
        var number = 0;
        World.OnCheck = request => CheckResult.Ok(request.NewInputs.With("name", Text($"thing-{number}")));
        await PlanAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar"))));
        number = 1;

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a", null, ("foo", Text("bar"))));

        Assert.Equal($"{UrnOfA} is not as planned: the property 'name' was to be added as \"thing-0\", but is added as \"thing-1\".", Assert.Single(errors));
    }

    [Fact]
    public async Task PlannedUpdateWithCheckFailure()
    {
        World.OnCheck = request => request.NewInputs["foo"].Equals(Text("bad")) ? new CheckResult(request.NewInputs, [new CheckFailure("foo", "Bad foo")]) : null;
        Options = Options with { SavePlan = PlanFile };
        Assert.False((await PreviewAsync(program => program.ResourceAsync("a", null, ("foo", Text("bad"))))).Succeeded);
        Assert.False(File.Exists(PlanFile));

        await PlanAsync(program => program.ResourceAsync("a", null, ("foo", Text("good"))));
        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a", null, ("foo", Text("bad"))));

        Assert.Contains("Bad foo", Assert.Single(errors), StringComparison.Ordinal);
        Assert.False(Has("a"));
    }

    [Fact]
    public async Task PlannedUpdateWithDependentDelete()
    {
        async Task Program(TestProgram program, string value)
        {
            var a = await program.ResourceAsync("a", new ResourceOf { Goal = new() { DeleteBeforeReplace = true } }, ("immutable", Text(value)));
            await program.ResourceAsync("b", ResourceOf.From("immutable", a), ("immutable", a.Output("immutable")));
        }

        await UpOkAsync(program => Program(program, "1"));
        await PlanAsync(program => Program(program, "2"));
        foreach (var name in new[] { "a", "b" })
        {
            Assert.Equal(["delete-replaced", "replace", "create-replacement"], StepsOf($"urn:pulumi:dev::proj::test:index:Thing::{name}"));
        }

        await UpWithPlanAsync(program => Program(program, "2"));
        Assert.Equal(2, World.Things.Count);
    }

    [Fact]
    public async Task A_planned_replacement_may_turn_out_as_an_update()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        await PlanAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));
        World.OnDiff = _ => new DiffResult { Changes = DiffChanges.Some, ChangedKeys = ["immutable"] };
        World.TakeCalls();

        await UpWithPlanAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));

        Assert.Equal(["update a"], World.TakeCalls());
    }

    [Fact]
    public async Task ResourcesTargeted()
    {
        Options = Options with { Targets = ["**::b"] };
        await PlanAsync(Both);
        Options = new OperationOptions();
        var errors = await UpWithPlanFailsAsync(Both);
        Assert.Equal($"create of {UrnOfA} is not in the plan: same was expected.", Assert.Single(errors));

        Options = Options with { Targets = ["**::b"] };
        await UpWithPlanAsync(Both);
        Assert.True(Has("b"));
        Assert.False(Has("a"));
    }

    [Fact]
    public async Task StackOutputsWithTargetedPlan()
    {
        static async Task Program(TestProgram program)
        {
            await program.ResourceAsync("a");
            program.Outputs["foo"] = Text("bar");
        }

        Options = Options with { Targets = ["**::a"] };
        await PlanAsync(Program);

        await UpWithPlanAsync(Program);

        Assert.Equal(Text("bar"), Resource("proj-dev").Outputs["foo"]);
    }

    [Fact]
    public async Task Options_have_to_be_as_planned_and_all_that_are_not_are_told()
    {
        await UpOkAsync(Both);
        await PlanAsync(program => program.ResourceAsync("a", new ResourceOf { Goal = new() { Protect = true, IgnoreChanges = ["x"] } }));

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync(
            "a", new ResourceOf { Goal = new() { DeleteBeforeReplace = true, Timeouts = new() { Create = TimeSpan.FromSeconds(5) } } }));

        Assert.Equal(
            $"{UrnOfA} is not as planned: protect was to be true, but is false; deleteBeforeReplace was to be unset, but is true; "
            + "the time limit for create was to be 0 s, but is 5 s; ignoreChanges differ from the plan (missing: x).",
            Assert.Single(errors));
    }

    [Fact]
    public async Task A_dependency_that_is_not_planned_is_refused()
    {
        await PlanAsync(Both);

        var errors = await UpWithPlanFailsAsync(async program =>
        {
            var a = await program.ResourceAsync("a");
            await program.ResourceAsync("b", new ResourceOf { DependsOn = [a.Urn] });
        });

        Assert.Contains($"dependencies differ from the plan (not planned: {UrnOfA})", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_as_planned_ends_the_run()
    {
        await PlanAsync(Both);
        World.TakeCalls();

        await UpWithPlanFailsAsync(async program =>
        {
            await program.ResourceAsync("a", null, ("size", Text("1")));
            await program.ResourceAsync("b");
        });

        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task An_explicit_provider_gets_its_id_in_the_update()
    {
        static async Task Program(TestProgram program) => await program.ResourceAsync("a", new ResourceOf { Provider = await program.ProviderAsync("mine") });
        await PlanAsync(Program);

        await UpWithPlanAsync(Program);

        Assert.True(Has("a"));
    }

    [Fact]
    public async Task An_import_is_planned()
    {
        World.Things["thing"] = PropertyMap.Of(("size", Text("1")));
        var import = new ResourceOf { Goal = new() { ImportId = "thing" } };
        await PlanAsync(program => program.ResourceAsync("a", import, ("size", Text("1"))));
        Assert.Equal(["import"], StepsOf(UrnOfA));

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        Assert.Contains("import was to be thing, but is unset", Assert.Single(errors), StringComparison.Ordinal);

        await UpWithPlanAsync(program => program.ResourceAsync("a", import, ("size", Text("1"))));
    }

    [Fact]
    public async Task Secrets_are_encrypted_in_the_plan_and_hold()
    {
        Secrets.AddRange(["hunter-one", "hunter-two"]);
        await PlanAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter-one"))));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PlanFile));
        }

        var errors = await UpWithPlanFailsAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter-two"))));
        Assert.Contains("'password' was to be added as \"[secret]\", but is added as \"[secret]\"", Assert.Single(errors), StringComparison.Ordinal);

        await UpWithPlanAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter-one"))));
    }

    [Fact]
    public async Task A_plan_under_another_passphrase_is_refused_before_anything_happens()
    {
        // The passphrase of a stack that is new is tried before its plan is looked at.
        await UpOkAsync(_ => Task.CompletedTask);
        await PlanAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter-one"))));
        Environment["PULUMI_CONFIG_PASSPHRASE"] = "another";
        Options = Options with { Plan = PlanFile };

        var refused = await Assert.ThrowsAsync<InvalidPlanException>(() => UpAsync(program => program.ResourceAsync("a")));

        Assert.Contains("secrets", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_another_stack_is_refused_before_anything_happens()
    {
        await PlanAsync(Both);
        StackName = "other";
        Options = Options with { Plan = PlanFile };

        var refused = await Assert.ThrowsAsync<InvalidPlanException>(() => UpAsync(Both));

        Assert.Contains("is one of another stack", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("create a", World.TakeCalls());
    }

    [Theory]
    [InlineData("{", "cannot be read as a plan")]
    [InlineData("[]", "cannot be read as a plan")]
    [InlineData("{}", "has no manifest")]
    [InlineData("""{"manifest":{},"more":1}""", "unknown member 'more'")]
    [InlineData("""{"manifest":{},"resourcePlans":{"urn:pulumi:dev::proj::t:m:T::a":{"steps":["dance"]}}}""", "the step 'dance'")]
    [InlineData("""{"manifest":{},"resourcePlans":{"urn:pulumi:dev::proj::t:m:T::a":{"goal":{"hooks":{}}}}}""", "uses 'hooks'")]
    public async Task A_file_that_is_no_plan_is_refused_by_name(string json, string reason)
    {
        await File.WriteAllTextAsync(PlanFile, json);
        Options = Options with { Plan = PlanFile };

        var refused = await Assert.ThrowsAsync<InvalidPlanException>(() => UpAsync(Both));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains(PlanFile, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_another_configuration_or_engine_holds_where_it_leads_to_the_same()
    {
        await PlanAsync(Both);
        var text = await File.ReadAllTextAsync(PlanFile);
        await File.WriteAllTextAsync(PlanFile, text.Replace("\"version\": \"v", "\"version\": \"v9-", StringComparison.Ordinal));
        await Stack().SetConfigAsync("size", "3", secret: false, path: false);

        await UpWithPlanAsync(Both);
    }

    [Fact]
    public async Task The_same_change_gives_the_same_plan()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("kept"))));
        static async Task Program(TestProgram program)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => program.ResourceAsync($"r{i}", null, ("size", Text($"{i}")))));
            await program.ResourceAsync("a", null, ("password", Secret("kept")), ("more", Text("1")));
        }

        await PlanAsync(Program);
        var first = WithoutTime();
        await PlanAsync(Program);

        Assert.Equal(first, WithoutTime());

        string WithoutTime() => string.Join('\n', File.ReadLines(PlanFile).Where(line => !line.Contains("\"time\":", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_file_has_the_form_of_Pulumis()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("gone", Text("1")), ("size", Text("1"))));
        await Stack().SetConfigAsync("proj:size", "2", secret: false, path: false);
        await PlanAsync(async program =>
        {
            var a = await program.ResourceAsync("a", new ResourceOf { Goal = new() { Protect = true, Aliases = [new AliasSpec { Name = "z" }] } }, ("size", Text("2")), ("new", Computed));
            await program.ResourceAsync("b", ResourceOf.From("from", a), ("from", a.Output("size")));
        });

        var plan = JsonNode.Parse(await File.ReadAllTextAsync(PlanFile))!;

        Assert.Equal(["manifest", "config", "resourcePlans"], plan.AsObject().Select(member => member.Key));
        Assert.Equal("""{"proj:size":"2"}""", plan["config"]!.ToJsonString());
        var a = plan["resourcePlans"]![UrnOfA]!;
        Assert.Equal(
            """{"adds":{"new":"04da6b54-80e4-46f7-96ec-b56ff0331ba9"},"deletes":["gone"],"updates":{"size":"2"}}""", a["goal"]!["inputDiff"]!.ToJsonString());
        Assert.Equal("""["update"]""", a["steps"]!.ToJsonString());
        Assert.Equal("urn:pulumi:dev::proj::test:index:Thing::z", a["goal"]!["structuredAliases"]![0]!["URN"]!.GetValue<string>());
        Assert.Equal(
            ["type", "name", "custom", "inputDiff", "outputDiff", "parent", "protect", "provider", "propertyDependencies", "structuredAliases", "customTimeouts"],
            a["goal"]!.AsObject().Select(member => member.Key));
    }

    private static async Task Both(TestProgram program)
    {
        await program.ResourceAsync("a");
        await program.ResourceAsync("b");
    }

    private static async Task ComponentAsync(TestProgram program, params (string Key, PropertyValue Value)[] outputs) =>
        await program.OutputsAsync(await program.ComponentAsync("c"), outputs);

    private static async Task WithOutputsAsync(TestProgram program, (string Key, PropertyValue Value)[] values)
    {
        await program.ResourceAsync("a", null, values);
        await ComponentAsync(program, values);
    }

    private static (string Key, PropertyValue Value)[] Inputs(params (string Key, PropertyValue Value)[] inputs) => inputs;

    private static PropertyValue Map(params (string Key, PropertyValue Value)[] members) => PropertyValue.Of(PropertyMap.Of(members));

    private static PropertyValue List(params PropertyValue[] items) => PropertyValue.Of(items);

    private async Task PlanAsync(Func<TestProgram, Task> body)
    {
        var before = Options;
        Options = Options with { SavePlan = PlanFile, Plan = null };
        var result = await PreviewAsync(body);
        Options = before;
        Assert.True(result.Succeeded, string.Join('\n', Errors));
    }

    private async Task UpWithPlanAsync(Func<TestProgram, Task> body)
    {
        var before = Options;
        Options = Options with { Plan = PlanFile };
        await UpOkAsync(body);
        Options = before;
    }

    private async Task<string[]> UpWithPlanFailsAsync(Func<TestProgram, Task> body)
    {
        var before = Options;
        Options = Options with { Plan = PlanFile };
        var result = await UpAsync(body);
        Options = before;
        Assert.False(result.Succeeded);
        return [.. Errors];
    }

    private IEnumerable<string> StepsOf(string urn) =>
        JsonNode.Parse(File.ReadAllText(PlanFile))!["resourcePlans"]![urn]!["steps"]!.AsArray().Select(step => step!.GetValue<string>());
}
