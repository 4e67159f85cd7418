using System.Collections.Immutable;

namespace Pulumi.Command.Remote;

/// <summary>A command that runs on another machine, over SSH, when the resource is created, updated or deleted.</summary>
[CommandResourceType("command:remote:Command")]
public class Command : CustomResource
{
    /// <summary>Declares the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public Command(string name, CommandArgs args, CustomResourceOptions? options = null)
        : base("command:remote:Command", name, args ?? new CommandArgs(), MakeResourceOptions(options, ""))
    {
    }

    private Command(string name, Input<string> id, CustomResourceOptions? options)
        : base("command:remote:Command", name, args: null, MakeResourceOptions(options, id))
    {
    }

    /// <summary>Whether update and delete see the last output in PULUMI_COMMAND_STDOUT and PULUMI_COMMAND_STDERR; true by default.</summary>
    [Output("addPreviousOutputInEnv")]
    public Output<bool?> AddPreviousOutputInEnv { get; private set; } = null!;

    /// <summary>How to reach the machine; always secret.</summary>
    [Output("connection")]
    public Output<Outputs.Connection> Connection { get; private set; } = null!;

    /// <summary>The command that makes the resource; runs again for an update when there is no update command.</summary>
    [Output("create")]
    public Output<string?> Create { get; private set; } = null!;

    /// <summary>The command that deletes the resource; it sees the environment of the last create or update.</summary>
    [Output("delete")]
    public Output<string?> Delete { get; private set; } = null!;

    /// <summary>Environment variables of the command, besides those of the process.</summary>
    [Output("environment")]
    public Output<ImmutableDictionary<string, string>?> Environment { get; private set; } = null!;

    /// <summary>Which of the command's streams are shown while it runs; both by default.</summary>
    [Output("logging")]
    public Output<Logging?> Logging { get; private set; } = null!;

    /// <summary>The command's standard error, without one trailing newline.</summary>
    [Output("stderr")]
    public Output<string> Stderr { get; private set; } = null!;

    /// <summary>What the command reads from its standard input.</summary>
    [Output("stdin")]
    public Output<string?> Stdin { get; private set; } = null!;

    /// <summary>The command's standard output, without one trailing newline.</summary>
    [Output("stdout")]
    public Output<string> Stdout { get; private set; } = null!;

    /// <summary>Values whose change replaces the resource: it is deleted and created again.</summary>
    [Output("triggers")]
    public Output<ImmutableArray<object>> Triggers { get; private set; } = null!;

    /// <summary>The command that updates the resource when an input changes.</summary>
    [Output("update")]
    public Output<string?> Update { get; private set; } = null!;

    /// <summary>Reads a resource that exists already, without managing it.</summary>
    /// <param name="name">Its name in this program.</param>
    /// <param name="id">Its id.</param>
    /// <param name="options">Its options.</param>
    public static Command Get(string name, Input<string> id, CustomResourceOptions? options = null) => new(name, id, options);

    private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)
    {
        var defaults = new CustomResourceOptions
        {
            Version = Utilities.Version,
            AdditionalSecretOutputs = { "connection" },
            ReplaceOnChanges = { "triggers[*]" },
        };
        var merged = CustomResourceOptions.Merge(defaults, options);
        merged.Id = id ?? merged.Id;
        return merged;
    }
}
