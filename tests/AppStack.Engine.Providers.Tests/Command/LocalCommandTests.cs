using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Tests.Common;
using AppStack.Engine.Providers.Tests.Ssh;

namespace AppStack.Engine.Providers.Tests.Command;

public sealed class LocalCommandTests : CommandTests
{
    protected override string Type => "command:local:Command";

    [Fact]
    public async Task A_command_runs_in_the_program_s_directory() =>
        Assert.Equal(Shared, (await New().CreateAsync(Inputs(("create", "pwd -P")))).Text("stdout"));

    [Fact]
    public async Task Dir_is_relative_to_the_program_s_directory()
    {
        Directory.CreateDirectory(Path.Combine(Shared, "below"));

        Assert.Equal(Path.Combine(Shared, "below"), (await New().CreateAsync(Inputs(("create", "pwd -P"), ("dir", "below")))).Text("stdout"));
    }

    [Fact]
    public async Task A_missing_dir_is_told()
    {
        var exception = await Assert.ThrowsAsync<ProviderException>(() => New().CreateAsync(Inputs(("create", "true"), ("dir", "no/such"))));

        Assert.Contains("no/such", exception.Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interpreter_takes_the_command_as_its_last_argument()
    {
        var inputs = Inputs(("create", "a b")).With("interpreter", PropertyValue.Of([PropertyValue.Of("printf"), PropertyValue.Of("<%s>")]));

        Assert.Equal("<a b>", (await New().CreateAsync(inputs)).Text("stdout"));
    }

    [Fact]
    public async Task A_missing_interpreter_fails()
    {
        var inputs = Inputs(("create", "x")).With("interpreter", PropertyValue.Of([PropertyValue.Of("no-such-interpreter")]));

        var exception = await Assert.ThrowsAsync<ProviderException>(() => New().CreateAsync(inputs));

        Assert.Contains("no-such-interpreter", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_left_in_the_background_does_not_keep_the_command_from_ending()
    {
        var resource = await New().CreateAsync(Inputs(("create", "sleep 8 & echo started")));

        Assert.Equal("started", resource.Text("stdout"));
    }

    [Fact]
    public async Task A_command_that_ignores_being_asked_to_end_is_killed()
    {
        var word = $"43{System.Random.Shared.Next(100000, 999999)}";

        await Assert.ThrowsAsync<ProviderException>(
            () => New().CreateAsync(Inputs(("create", $"trap '' TERM; while :; do sleep {word}; done")), TimeSpan.FromMilliseconds(300)));

        Assert.Empty(SshClientTests.ProcessesWith(word));
    }

    [Fact]
    public async Task Asset_paths_give_files_by_pattern()
    {
        var inputs = Inputs(("create", "mkdir -p out/logos src; echo l > out/logos/logo.svg; echo i > src/index.js; echo s > src/secret.js"))
            .With("assetPaths", PropertyValue.Of(new[] { "out/**", "src/**.js", "!**secret.*" }.Select(PropertyValue.Of)));

        var resource = await New().CreateAsync(inputs);

        var assets = Assert.IsType<PropertyValue.Map>(resource.Outputs["assets"]).Members;
        Assert.Equal(["out/logos/logo.svg", "src/index.js"], assets.Keys);
        var asset = Assert.IsType<PropertyValue.Asset>(assets["src/index.js"]);
        Assert.Equal(Path.Combine(Shared, "src/index.js"), asset.Path);
        Assert.Equal("c4b809da02a1d3ff4f3dcdd5b0b6bae6bc4da4e6d5d1e7a2ef8d0d1c2fd64ab5".Length, asset.Hash.Length);
    }

    [Fact]
    public async Task Archive_paths_give_one_archive_whose_hash_follows_its_content()
    {
        PropertyMap Writing(string text) => Inputs(("create", $"echo {text} > a.txt"), ("update", $"echo {text} > a.txt"))
            .With("archivePaths", PropertyValue.Of([PropertyValue.Of("*.txt")]));

        var resource = await New().CreateAsync(Writing("one"));
        var first = Assert.IsType<PropertyValue.Archive>(resource.Outputs["archive"]);
        await resource.UpdateAsync(Writing("two"));
        var second = Assert.IsType<PropertyValue.Archive>(resource.Outputs["archive"]);

        Assert.Equal(["a.txt"], first.Assets!.Keys);
        Assert.NotEqual(first.Hash, second.Hash);
    }

    [Fact]
    public async Task An_update_that_runs_nothing_keeps_everything_that_the_run_before_gave()
    {
        var paths = PropertyValue.Of([PropertyValue.Of("*.txt")]);
        var resource = await New().CreateAsync(Inputs(("create", "echo said; echo warned >&2; echo x > a.txt")).With("assetPaths", paths).With("archivePaths", paths));
        var before = resource.Outputs;

        await resource.UpdateAsync(Inputs(("delete", "true")).With("assetPaths", paths).With("archivePaths", paths));

        Assert.All(["stdout", "stderr", "assets", "archive"], name => Assert.Equal(before[name], resource.Outputs[name]));
    }

    [Fact]
    public async Task The_function_shows_the_command_s_output_as_logging_says()
    {
        var log = new RecordingLog();
        var arguments = PropertyMap.Of(("command", PropertyValue.Of("echo out; echo err >&2")), ("logging", PropertyValue.Of("stderr")));

        await Provider.InvokeAsync("command:local:run", arguments, log, default);

        Assert.Equal(["err"], log.Lines);
    }

    [Fact]
    public async Task The_function_refuses_an_unknown_way_of_logging()
    {
        var arguments = PropertyMap.Of(("command", PropertyValue.Of("true")), ("logging", PropertyValue.Of("loud")));

        Assert.Equal("logging", Assert.Single((await Provider.InvokeAsync("command:local:run", arguments, new RecordingLog(), default)).Failures).Property);
    }

    [Fact]
    public async Task The_function_runs_a_command()
    {
        var response = await Provider.InvokeAsync("command:local:run", PropertyMap.Of(("command", PropertyValue.Of("echo hi"))), new RecordingLog(), default);

        Assert.Equal(PropertyValue.Of("hi"), response.Result["stdout"]);
        Assert.Equal(PropertyValue.Of("echo hi"), response.Result["command"]);
    }

    [Fact]
    public async Task The_function_without_a_command_is_refused()
    {
        var response = await Provider.InvokeAsync("command:local:run", PropertyMap.Empty, new RecordingLog(), default);

        Assert.Equal("command", Assert.Single(response.Failures).Property);
    }

    [Fact]
    public async Task An_unknown_type_is_refused_with_those_that_there_are()
    {
        var exception = await Assert.ThrowsAsync<ProviderException>(() => new Resource(Provider, "command:local:Comand").CheckAsync(PropertyMap.Empty));

        Assert.Contains("command:local:Command", exception.Message, StringComparison.Ordinal);
    }

    private protected override PropertyValue? Connection() => null;
}
