using Pulumi;
using Pulumi.Utilities;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Core;

public sealed class OutputTests
{
    [Fact]
    public async Task Create_Value_IsKnownAndOpen() => Assert.Equal((5, true, false), await Facts(Output.Create(5)));

    [Fact]
    public async Task Create_Task_WaitsForIt() => Assert.Equal(("x", true, false), await Facts(Later("x")));

    [Fact]
    public async Task CreateSecret_Value_IsSecret() => Assert.Equal((5, true, true), await Facts(Output.CreateSecret(5)));

    [Fact]
    public async Task CreateSecret_Task_IsSecret() => Assert.Equal((5, true, true), await Facts(Output.CreateSecret(Task.FromResult(5))));

    [Fact]
    public async Task CreateSecret_Output_LeavesTheGivenOneAlone()
    {
        var open = Output.Create(5);

        Assert.Equal((5, true, true), await Facts(Output.CreateSecret(open)));
        Assert.Equal((5, true, false), await Facts(open));
    }

    [Fact]
    public async Task Unsecret_LeavesTheGivenOneAlone()
    {
        var secret = Output.CreateSecret(5);

        Assert.Equal((5, true, false), await Facts(Output.Unsecret(secret)));
        Assert.True(await Output.IsSecretAsync(secret));
    }

    [Fact]
    public async Task CreateSecret_Unknown_StaysUnknown() => Assert.Equal((0, false, true), await Facts(UnknownSecret<int>()));

    [Fact]
    public void Create_NullTask_IsRefused() => Assert.Throws<ArgumentNullException>(() => Output.Create((Task<int>)null!));

    [Fact]
    public async Task Apply_Known_CallsTheFunction() => Assert.Equal((6, true, false), await Facts(Output.Create(5).Apply(value => value + 1)));

    [Fact]
    public async Task Apply_Unknown_DoesNotCallTheFunction()
    {
        var called = false;
        var result = Unknown<int>().Apply(value => called = true);

        Assert.False((await Facts(result)).IsKnown);
        Assert.False(called);
    }

    [Fact]
    public async Task Apply_UnknownSecret_StaysBoth() => Assert.Equal((0, false, true), await Facts(UnknownSecret<int>().Apply(value => value + 1)));

    [Fact]
    public async Task Apply_Secret_StaysSecret() => Assert.Equal((6, true, true), await Facts(Output.CreateSecret(5).Apply(value => value + 1)));

    [Fact]
    public async Task Apply_ToTask_WaitsForIt() => Assert.Equal((6, true, false), await Facts(Output.Create(5).Apply(value => Task.FromResult(value + 1))));

    [Fact]
    public async Task Apply_ToTaskWithoutResult_CompletesAfterIt()
    {
        var done = false;
        var result = Output.Create(5).Apply(async _ =>
        {
            await Task.Yield();
            done = true;
        });

        await OutputUtilities.GetValueAsync(result);
        Assert.True(done);
    }

    [Fact]
    public async Task Apply_ToOutput_JoinsWhatIsKnownOfBoth()
    {
        Assert.Equal((6, true, false), await Facts(Output.Create(5).Apply(value => Output.Create(value + 1))));
        Assert.Equal((6, true, true), await Facts(Output.Create(5).Apply(value => Output.CreateSecret(value + 1))));
        Assert.Equal((6, true, true), await Facts(Output.CreateSecret(5).Apply(value => Output.Create(value + 1))));
        Assert.False((await Facts(Output.Create(5).Apply(_ => Unknown<int>()))).IsKnown);
        Assert.Equal((0, false, true), await Facts(Output.Create(5).Apply(_ => UnknownSecret<int>())));
        Assert.Equal((0, false, true), await Facts(Output.CreateSecret(5).Apply(_ => Unknown<int>())));
    }

    [Fact]
    public async Task Apply_ToInput_UsesItsOutput() =>
        Assert.Equal((6, true, true), await Facts(Output.Create(5).Apply(value => (Input<int>)Output.CreateSecret(value + 1))));

    [Fact]
    public async Task Apply_ToNullOutput_GivesTheKnownDefault() =>
        Assert.Equal((0, true, true), await Facts(Output.CreateSecret(5).Apply(_ => (Output<int>?)null)));

    [Fact]
    public async Task Apply_ToNullInput_GivesTheKnownDefault() => Assert.Equal((0, true, false), await Facts(Output.Create(5).Apply(_ => (Input<int>?)null)));

    [Fact]
    public async Task Apply_FunctionThrows_FaultsTheOutput()
    {
        var result = Output.Create(5).Apply(new Func<int, int>(_ => throw new InvalidOperationException("no")));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => OutputUtilities.GetValueAsync(result));
        Assert.Equal("no", exception.Message);
    }

    [Fact]
    public async Task Apply_FaultedOutput_KeepsTheException()
    {
        var source = Output.Create(Task.FromException<int>(new InvalidOperationException("no")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => OutputUtilities.GetValueAsync(source.Apply(value => value + 1)));
    }

    [Fact]
    public async Task UntypedApply_GetsTheValue() =>
        Assert.Equal(("5", true, false), await Facts(Output.Create(5).UntypedApply(value => Output.Create(value!.ToString()!))));

    [Fact]
    public async Task All_Values_KeepsTheOrder()
    {
        var (value, isKnown, isSecret) = await Facts(Output.All(Later(1), Output.Create(2), Later(3)));

        Assert.Equal([1, 2, 3], value.ToArray());
        Assert.True(isKnown);
        Assert.False(isSecret);
    }

    [Fact]
    public async Task All_OneUnknown_IsUnknown() => Assert.False((await Facts(Output.All(Output.Create(1), Unknown<int>()))).IsKnown);

    [Fact]
    public async Task All_OneSecret_IsSecret() => Assert.True((await Facts(Output.All(Output.Create(1), Output.CreateSecret(2)))).IsSecret);

    [Fact]
    public async Task All_Inputs_TakesPlainValuesAndOutputs()
    {
        Assert.Equal(new[] { 1, 2 }, (await Facts(Output.All<int>(1, Output.Create(2)))).Value.ToArray());
        Assert.Equal(new[] { 1, 2 }, (await Facts(Output.All(new List<Input<int>> { 1, Output.Create(2) }))).Value.ToArray());
        Assert.Equal(new[] { 1, 2 }, (await Facts(Output.All(new List<Output<int>> { Output.Create(1), Output.Create(2) }))).Value.ToArray());
    }

    [Fact]
    public async Task All_Nothing_IsEmpty() => Assert.Empty((await Facts(Output.All<int>(Array.Empty<Output<int>>()))).Value);

    [Fact]
    public async Task Tuple_OfEverySize_KeepsTheValues()
    {
        var (a, b, c, d, e, f, g, h) = (Output.Create(1), Output.Create("2"), Later(3), Output.Create(4), Output.Create(5), Output.Create(6), Output.Create(7), Later(8));

        Assert.Equal((1, "2"), (await Facts(Output.Tuple(a, b))).Value);
        Assert.Equal((1, "2", 3), (await Facts(Output.Tuple(a, b, c))).Value);
        Assert.Equal((1, "2", 3, 4), (await Facts(Output.Tuple(a, b, c, d))).Value);
        Assert.Equal((1, "2", 3, 4, 5), (await Facts(Output.Tuple(a, b, c, d, e))).Value);
        Assert.Equal((1, "2", 3, 4, 5, 6), (await Facts(Output.Tuple(a, b, c, d, e, f))).Value);
        Assert.Equal((1, "2", 3, 4, 5, 6, 7), (await Facts(Output.Tuple(a, b, c, d, e, f, g))).Value);
        Assert.Equal((1, "2", 3, 4, 5, 6, 7, 8), (await Facts(Output.Tuple(a, b, c, d, e, f, g, h))).Value);
    }

    [Fact]
    public async Task Tuple_OfInputs_KeepsTheValues()
    {
        Input<int> one = 1;
        Input<string> two = Output.Create("2");

        Assert.Equal((1, "2"), (await Facts(Output.Tuple(one, two))).Value);
        Assert.Equal((1, "2", 1, "2", 1, "2", 1, "2"), (await Facts(Output.Tuple(one, two, one, two, one, two, one, two))).Value);
    }

    [Fact]
    public async Task Tuple_JoinsWhatIsKnown()
    {
        Assert.True((await Facts(Output.Tuple(Output.Create(1), Output.CreateSecret(2)))).IsSecret);
        Assert.False((await Facts(Output.Tuple(Output.Create(1), Unknown<int>()))).IsKnown);
    }

    [Fact]
    public async Task Format_FillsTheHoles()
    {
        Input<int> port = 8080;
        Assert.Equal(("http://h:8080/x", true, false), await Facts(Output.Format($"http://{Later("h")}:{port}/{"x"}")));
    }

    [Fact]
    public async Task Format_IsInvariantAndKnowsFormats() =>
        Assert.Equal("1.5 007", (await Facts(Output.Format($"{Output.Create(1.5)} {Output.Create(7):D3}"))).Value);

    [Fact]
    public async Task Format_NullHole_IsEmpty() => Assert.Equal("[]", (await Facts(Output.Format($"[{Output.Create((string?)null)}]"))).Value);

    [Fact]
    public async Task Format_UnknownOrSecretHole_MarksTheText()
    {
        Assert.False((await Facts(Output.Format($"{Unknown<string>()}"))).IsKnown);
        Assert.True((await Facts(Output.Format($"{Output.CreateSecret("x")}"))).IsSecret);
    }

    [Fact]
    public async Task Format_DoesNotChangeTheArguments()
    {
        FormattableString text = $"{Output.Create("x")}";

        await Facts(Output.Format(text));
        Assert.IsType<Output<string>>(text.GetArgument(0));
    }

    [Fact]
    public async Task CreateUnknown_Factory_IsNeverCalled()
    {
        var called = false;
        var output = OutputUtilities.CreateUnknown(() =>
        {
            called = true;
            return Task.FromResult(1);
        });

        Assert.False(await OutputUtilities.GetIsKnownAsync(output));
        Assert.False(called);
    }

    [Fact]
    public async Task GetValueAsync_Unknown_GivesTheDefault() => Assert.Null(await OutputUtilities.GetValueAsync(OutputUtilities.CreateUnknown("hidden")));

    [Fact]
    public async Task ListExtensions_ReadElements()
    {
        var list = Output.All(Output.Create("a"), Output.Create("b"));

        Assert.Equal("a", await OutputUtilities.GetValueAsync(list.First()));
        Assert.Equal("b", await OutputUtilities.GetValueAsync(list.GetAt(1)));
        Assert.Equal(2, await OutputUtilities.GetValueAsync(list.Length()));
    }

    [Fact]
    public async Task Deferred_Resolve_GivesTheSource()
    {
        var deferred = new DeferredOutput<int>();
        var result = deferred.Output.Apply(value => value + 1);
        deferred.Resolve(Output.CreateSecret(1));

        Assert.Equal((2, true, true), await Facts(result));
    }

    [Fact]
    public void Deferred_ResolveTwice_IsRefused()
    {
        var deferred = new DeferredOutput<int>();
        deferred.Resolve(Output.Create(1));

        Assert.Throws<InvalidOperationException>(() => deferred.Resolve(Output.Create(2)));
    }

    [Fact]
    public async Task Deferred_FaultedSource_Faults()
    {
        var deferred = new DeferredOutput<int>();
        deferred.Resolve(Output.Create(Task.FromException<int>(new InvalidOperationException("no"))));

        await Assert.ThrowsAsync<InvalidOperationException>(() => OutputUtilities.GetValueAsync(deferred.Output));
    }
}
