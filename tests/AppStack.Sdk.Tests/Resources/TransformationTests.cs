using System.Collections.Immutable;
using AppStack.Engine.Model.Values;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Resources;

public sealed class TransformationTests
{
    [Fact]
    public async Task A_transformation_changes_args_and_options()
    {
        var monitor = await Run.Ok(() => _ = new Sample("n", new SampleArgs { Text = "t" }, new CustomResourceOptions
        {
            ResourceTransformations =
            {
                given => new ResourceTransformationResult(
                    new SampleArgs { Text = ((SampleArgs)given.Args).Text.Apply(text => text + "!") },
                    CustomResourceOptions.Merge((CustomResourceOptions)given.Options, new CustomResourceOptions { Protect = true })),
            },
        }));

        Assert.Equal(Text("t!"), monitor.Request("n").Inputs["text"]);
        Assert.True(monitor.Request("n").Options.Protect);
    }

    [Fact]
    public async Task Own_transformations_come_before_the_parents_and_the_stack_s()
    {
        var order = new List<string>();
        ResourceTransformation Note(string who) => given =>
        {
            if (given.Resource.GetResourceName() == "n")
            {
                order.Add(who);
            }

            return null;
        };
        var monitor = new FakeMonitor();
        await Run.Program(monitor, () => Deployment.RunAsync(
            () =>
            {
                var group = new Group("g", options: new ComponentResourceOptions { ResourceTransformations = { Note("parent") } });
                _ = new Sample("n", options: new CustomResourceOptions { Parent = group, ResourceTransformations = { Note("own 1"), Note("own 2") } });
                return Task.FromResult<IDictionary<string, object?>>(ImmutableDictionary<string, object?>.Empty);
            },
            new StackOptions { ResourceTransformations = { Note("stack") } }));

        Assert.Equal(["own 1", "own 2", "parent", "stack"], order);
    }

    [Fact]
    public async Task A_transformation_cannot_change_the_parent()
    {
        var errors = await Run.Failing(() =>
        {
            var group = new Group("g");
            _ = new Sample("n", options: new CustomResourceOptions
            {
                ResourceTransformations = { given => new ResourceTransformationResult(given.Args, new CustomResourceOptions { Parent = group }) },
            });
        });

        Assert.Contains("cannot currently be used to change the 'parent'", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transform_sees_plain_values_and_changes_some()
    {
        ImmutableDictionary<string, object?>? seen = null;
        var monitor = await Run.Ok(() =>
        {
            var first = new Sample("first");
            _ = new Sample("n", new SampleArgs { Text = Output.CreateSecret("t"), Number = 3, List = { first.Id } }, new CustomResourceOptions
            {
                ResourceTransforms =
                {
                    (given, _) =>
                    {
                        seen = given.Args;
                        given.Options.Protect = true;
                        return Task.FromResult<ResourceTransformResult?>(new ResourceTransformResult(given.Args.SetItem("number", 4).SetItem("flag", Output.CreateSecret(true)), given.Options));
                    },
                },
            });
        });
        var request = monitor.Request("n");

        Assert.Equal(3.0, seen!["number"]);
        Assert.Equal(("t", true, true), await Facts(Assert.IsType<Output<object?>>(seen["text"])));
        Assert.Equal(PropertyValue.Of(4), request.Inputs["number"]);
        Assert.Equal(PropertyValue.Of(value: true).AsSecret(), request.Inputs["flag"]);
        Assert.Equal(Text("t").AsSecret(), request.Inputs["text"]);
        Assert.Single(request.PropertyDependencies["list"]);
        Assert.True(request.Options.Protect);
    }

    [Fact]
    public async Task A_transform_that_gives_nothing_changes_nothing()
    {
        var monitor = await Run.Ok(() => _ = new Sample("n", new SampleArgs { Text = "t" }, new CustomResourceOptions
        {
            ResourceTransforms =
            {
                (given, _) =>
                {
                    given.Options.Protect = true;
                    return Task.FromResult<ResourceTransformResult?>(null);
                },
            },
        }));

        Assert.Equal(Text("t"), monitor.Request("n").Inputs["text"]);
        Assert.Null(monitor.Request("n").Options.Protect);
    }

    [Fact]
    public async Task Transforms_of_a_component_apply_to_its_children()
    {
        var names = new List<string>();
        await Run.Ok(() => _ = new Group(
            "g",
            group => _ = new Sample("child", options: new CustomResourceOptions { Parent = group }),
            new ComponentResourceOptions
            {
                ResourceTransforms =
                {
                    (given, _) =>
                    {
                        lock (names)
                        {
                            names.Add($"{given.Name} {given.Custom}");
                        }

                        return Task.FromResult<ResourceTransformResult?>(null);
                    },
                },
            }));

        Assert.Equal(["child True", "g False"], names.Order(StringComparer.Ordinal));
    }
}
