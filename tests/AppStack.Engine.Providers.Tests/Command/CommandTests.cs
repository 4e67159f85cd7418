using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Tests.Common;
using AppStack.Engine.Providers.Tests.Ssh;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Tests.Command;

/// <summary>What holds wherever a command runs.</summary>
public abstract class CommandTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("appstack-command-").FullName;

    protected SshClient Ssh { get; } = new();

    /// <summary>The type under test.</summary>
    protected abstract string Type { get; }

    private protected IResourceProvider Provider { get; private set; } = null!;

    /// <summary>A directory that both the test and the command see.</summary>
    protected string Shared => _directory;

    public virtual Task InitializeAsync()
    {
        Provider = BuiltInProviders.Create(Ssh, new BuiltInProviderOptions { WorkingDirectory = _directory }).Single(provider => provider.Package == "command");
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync()
    {
        await Ssh.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Creating_runs_create_and_gives_its_output_without_the_last_line_feed()
    {
        var resource = await New().CreateAsync(Inputs(("create", "printf 'one\\ntwo\\n\\n'; echo err >&2")));

        Assert.Equal("one\ntwo\n", resource.Text("stdout"));
        Assert.Equal("err", resource.Text("stderr"));
        Assert.Equal("printf 'one\\ntwo\\n\\n'; echo err >&2", resource.Text("create"));
        Assert.Matches("^res[0-9a-f]{8}$", resource.Id);
    }

    [Fact]
    public async Task Creating_without_create_runs_nothing()
    {
        var resource = await New().CreateAsync(Inputs(("delete", "exit 1")));

        Assert.Equal("", resource.Text("stdout"));
    }

    [Fact]
    public async Task A_preview_runs_nothing_and_its_output_is_unknown()
    {
        var trace = Path.Combine(Shared, "trace");

        var outputs = await New().PreviewAsync(Inputs(("create", $"touch {trace}")));

        Assert.False(File.Exists(trace));
        Assert.IsType<PropertyValue.Unknown>(outputs["stdout"]);
        Assert.IsType<PropertyValue.Unknown>(outputs["stderr"]);
    }

    [Fact]
    public async Task A_preview_takes_unknown_inputs()
    {
        var inputs = Inputs(("create", "true")).With("stdin", PropertyValue.Unknown.Instance).With("environment", PropertyValue.Unknown.Instance);

        Assert.IsType<PropertyValue.Unknown>((await New().PreviewAsync(inputs))["stdout"]);
    }

    [Fact]
    public async Task Updating_runs_update()
    {
        var resource = await New().CreateAsync(Inputs(("create", "echo created"), ("update", "echo updated")));

        await resource.UpdateAsync(Inputs(("create", "echo changed"), ("update", "echo updated")));

        Assert.Equal("updated", resource.Text("stdout"));
    }

    [Fact]
    public async Task Updating_without_update_runs_create_again()
    {
        var resource = await New().CreateAsync(Inputs(("create", "echo one")));

        await resource.UpdateAsync(Inputs(("create", "echo two")));

        Assert.Equal("two", resource.Text("stdout"));
    }

    [Fact]
    public async Task A_preview_of_an_update_runs_nothing()
    {
        var resource = await New().CreateAsync(Inputs(("create", "echo one")));
        var trace = Path.Combine(Shared, "trace");

        var outputs = await resource.PreviewUpdateAsync(Inputs(("create", $"touch {trace}")));

        Assert.False(File.Exists(trace));
        Assert.IsType<PropertyValue.Unknown>(outputs["stdout"]);
    }

    [Fact]
    public async Task Deleting_runs_delete_as_the_state_has_it()
    {
        var trace = Path.Combine(Shared, "deleted");
        var resource = await New().CreateAsync(Inputs(("create", "echo made"), ("delete", $"printf %s \"$PULUMI_COMMAND_STDOUT\" > {trace}")));

        await resource.DeleteAsync();

        Assert.Equal("made", await File.ReadAllTextAsync(trace));
    }

    [Fact]
    public async Task The_output_of_the_run_before_is_in_the_environment()
    {
        var resource = await New().CreateAsync(Inputs(("create", "echo first; echo warned >&2"), ("update", "echo \"$PULUMI_COMMAND_STDOUT and $PULUMI_COMMAND_STDERR\"")));

        await resource.UpdateAsync(Inputs(("create", "true"), ("update", "echo \"$PULUMI_COMMAND_STDOUT and $PULUMI_COMMAND_STDERR\"")));

        Assert.Equal("first and warned", resource.Text("stdout"));
    }

    [Fact]
    public async Task The_output_of_the_run_before_is_left_out_when_it_is_not_wanted()
    {
        var resource = await New().CreateAsync(Inputs(("create", "echo first")));

        await resource.UpdateAsync(Inputs(("create", "echo \"${PULUMI_COMMAND_STDOUT-none}\"")).With("addPreviousOutputInEnv", PropertyValue.Of(false)));

        Assert.Equal("none", resource.Text("stdout"));
    }

    [Fact]
    public async Task The_output_of_the_run_before_counts_before_a_variable_of_the_same_name()
    {
        var inputs = Inputs(("create", "echo \"$PULUMI_COMMAND_STDOUT\"")).With("environment", PropertyValue.Of(PropertyMap.Of(("PULUMI_COMMAND_STDOUT", PropertyValue.Of("given")))));
        var resource = await New().CreateAsync(inputs);
        Assert.Equal("given", resource.Text("stdout"));

        await resource.UpdateAsync(inputs.With("environment", PropertyValue.Of(PropertyMap.Of(("PULUMI_COMMAND_STDOUT", PropertyValue.Of("changed"))))));

        Assert.Equal("given", resource.Text("stdout"));
    }

    [Fact]
    public async Task Environment_and_stdin_reach_the_command()
    {
        var inputs = Inputs(("create", "printf '%s/' \"$GOOD_ONE\"; cat"), ("stdin", "from stdin"))
            .With("environment", PropertyValue.Of(PropertyMap.Of(("GOOD_ONE", PropertyValue.Of("a b'c")))));

        Assert.Equal("a b'c/from stdin", (await New().CreateAsync(inputs)).Text("stdout"));
    }

    [Fact]
    public async Task Five_megabytes_of_stdin_reach_the_command()
    {
        var inputs = Inputs(("create", "wc -c"), ("stdin", new string('x', 5 * 1024 * 1024)));

        Assert.Equal("5242880", (await New().CreateAsync(inputs)).Text("stdout").Trim());
    }

    [Fact]
    public async Task A_command_that_fails_shows_its_exit_status_and_all_of_its_output_in_order()
    {
        var exception = await Assert.ThrowsAsync<ProviderException>(
            () => New().CreateAsync(Inputs(("create", "echo before; sleep 0.05; echo the daemon says no >&2; exit 7"))));

        Assert.Equal(ProviderOutcome.Failed, exception.Outcome);
        Assert.Contains("exit status 7", exception.Message, StringComparison.Ordinal);
        Assert.Contains("before\nthe daemon says no", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_command_does_not_show_secrets()
    {
        var inputs = Inputs(("create", "echo before; cat; exit 1")).With("stdin", PropertyValue.Of("password-7654321").AsSecret());

        var exception = await Assert.ThrowsAsync<ProviderException>(() => New().CreateAsync(inputs));

        Assert.DoesNotContain("7654321", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "out err")]
    [InlineData("stdoutAndStderr", "out err")]
    [InlineData("stdout", "out")]
    [InlineData("stderr", "err")]
    [InlineData("none", "")]
    public async Task Logging_decides_what_is_shown_while_it_runs(string? mode, string expected)
    {
        var inputs = Inputs(("create", "echo out; sleep 0.05; echo err >&2"));

        var resource = await New().CreateAsync(mode is null ? inputs : inputs.With("logging", PropertyValue.Of(mode)));

        Assert.Equal(expected, string.Join(' ', resource.Log.Lines.Order(StringComparer.Ordinal).Reverse()));
        Assert.Equal("out", resource.Text("stdout"));
        Assert.All(resource.Log.Messages, message => Assert.Equal(LogSeverity.Info, message.Severity));
    }

    [Fact]
    public async Task Output_that_shows_a_secret_input_is_secret_and_masked_in_the_log()
    {
        var inputs = Inputs(("create", "cat; echo plain >&2")).With("stdin", PropertyValue.Of("top-secret-value").AsSecret());

        var resource = await New().CreateAsync(inputs);

        Assert.True(resource.IsSecret("stdout"));
        Assert.False(resource.IsSecret("stderr"));
        Assert.Equal("top-secret-value", resource.Text("stdout"));
        Assert.DoesNotContain(resource.Log.Lines, line => line.Contains("top-secret", StringComparison.Ordinal));
        Assert.Contains("[secret]", resource.Log.Lines);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended_and_its_outcome_is_unknown()
    {
        var word = $"41{System.Random.Shared.Next(100000, 999999)}";

        // Connecting counts too, but is not what is looked at here.
        await New().CreateAsync(Inputs(("create", "true")));

        var exception = await Assert.ThrowsAsync<ProviderException>(
            () => New().CreateAsync(Inputs(("create", $"echo begun; sleep {word} & sleep {word}")), TimeSpan.FromMilliseconds(500)));

        Assert.Equal(ProviderOutcome.Unknown, exception.Outcome);
        Assert.Contains("0.5 s", exception.Message, StringComparison.Ordinal);
        Assert.Contains("begun", exception.Message, StringComparison.Ordinal);
        Assert.Empty(SshClientTests.ProcessesWith(word));
    }

    [Fact]
    public async Task A_cancelled_command_is_ended()
    {
        var word = $"42{System.Random.Shared.Next(100000, 999999)}";
        using var cancel = new CancellationTokenSource();
        var log = new RecordingLog();

        var running = New().CreateAsync(Inputs(("create", $"echo begun; sleep {word}")), log: log, cancellationToken: cancel.Token);
        await log.First;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(SshClientTests.ProcessesWith(word));
    }

    [Fact]
    public async Task Diff_of_equal_inputs_is_none()
    {
        var resource = await New().CreateAsync(Inputs(("create", "true")));

        Assert.Equal(DiffChanges.None, (await resource.DiffAsync(Inputs(("create", "true")))).Changes);
    }

    [Fact]
    public async Task Diff_does_not_count_what_became_secret()
    {
        var resource = await New().CreateAsync(Inputs(("create", "true"), ("stdin", "text")));

        Assert.Equal(DiffChanges.None, (await resource.DiffAsync(Inputs(("create", "true")).With("stdin", PropertyValue.Of("text").AsSecret()))).Changes);
    }

    [Fact]
    public async Task Diff_of_any_other_change_is_an_update()
    {
        var resource = await New().CreateAsync(Inputs(("create", "true")));

        var diff = await resource.DiffAsync(Inputs(("create", "true"), ("delete", "true")));

        Assert.Equal(["delete"], diff.ChangedKeys.ToArray());
        Assert.Empty(diff.ReplaceKeys);
    }

    [Fact]
    public async Task Diff_of_triggers_is_a_replacement()
    {
        var resource = await New().CreateAsync(Inputs(("create", "true")).With("triggers", PropertyValue.Of([PropertyValue.Of(1)])));

        var diff = await resource.DiffAsync(Inputs(("create", "true")).With("triggers", PropertyValue.Of([PropertyValue.Of(2)])));

        Assert.Equal(["triggers"], diff.ReplaceKeys.ToArray());
    }

    [Fact]
    public async Task Diff_of_an_unknown_is_a_change()
    {
        var resource = await New().CreateAsync(Inputs(("create", "true"), ("stdin", "x")));

        var diff = await resource.DiffAsync(Inputs(("create", "true")).With("stdin", PropertyValue.Unknown.Instance));

        Assert.Equal(["stdin"], diff.ChangedKeys.ToArray());
    }

    [Fact]
    public async Task Check_tells_all_problems_at_once()
    {
        var failures = await New().FailuresAsync(
            Inputs(("logging", "loud"), ("creat", "true")).With("environment", PropertyValue.Of("A=1")).With("stdin", PropertyValue.Of(5)));

        Assert.Equal(["creat", "environment", "logging", "stdin"], failures.Select(failure => failure.Property).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Refreshing_changes_nothing()
    {
        var resource = await New().CreateAsync(Inputs(("create", "echo x")));

        var read = await resource.ReadAsync();

        Assert.Equal(resource.Id, read.Id);
        Assert.Equal(resource.Outputs, read.Outputs);
    }

    [Fact]
    public async Task Importing_is_refused() => await Assert.ThrowsAsync<ProviderException>(() => New().ImportAsync("x"));

    /// <summary>The connection input; <see langword="null"/> where there is none.</summary>
    private protected abstract PropertyValue? Connection();

    private protected Resource New() => new(Provider, Type);

    private protected PropertyMap Inputs(params (string Name, string Value)[] inputs)
    {
        var map = PropertyMap.Of(inputs.Select(input => KeyValuePair.Create(input.Name, PropertyValue.Of(input.Value))));
        return Connection() is { } connection ? map.With("connection", connection) : map;
    }
}
