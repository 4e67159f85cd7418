using System.Reflection;

namespace Pulumi;

/// <summary>A resource that groups others: they name it as their parent.</summary>
public class ComponentResource : Resource
{
    /// <summary>Registers a component.</summary>
    /// <param name="type">Its type token, by convention <c>package:module:Type</c>.</param>
    /// <param name="name">Its name, unique among the stack's resources of its type and parent type.</param>
    /// <param name="options">Its options.</param>
    /// <exception cref="ArgumentException"><paramref name="type"/> or <paramref name="name"/> is empty.</exception>
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, ResourceArgs.Empty, options)
    {
    }

    /// <summary>Registers a component with arguments to record.</summary>
    /// <param name="type">Its type token, by convention <c>package:module:Type</c>.</param>
    /// <param name="name">Its name, unique among the stack's resources of its type and parent type.</param>
    /// <param name="args">The arguments to record.</param>
    /// <param name="options">Its options.</param>
    /// <param name="remote">Must be false: components that a provider plugin makes need the pulumi CLI.</param>
    /// <exception cref="ArgumentException"><paramref name="type"/> or <paramref name="name"/> is empty.</exception>
    /// <exception cref="NotSupportedException"><paramref name="remote"/> is true.</exception>
    public ComponentResource(string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        : base(type, name, custom: false, args ?? ResourceArgs.Empty, Checked(type, name, options, remote))
    {
    }

    /// <summary>Says that the component is complete and exports its properties marked with <see cref="OutputAttribute"/>.</summary>
    protected void RegisterOutputs()
    {
        var outputs = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in GetType().GetProperties())
        {
            if (property.Name != nameof(Urn) && property.GetCustomAttribute<OutputAttribute>() is { } attribute)
            {
                outputs.Add(string.IsNullOrWhiteSpace(attribute.Name) ? property.Name : attribute.Name, property.GetValue(this));
            }
        }

        RegisterOutputs(outputs);
    }

    /// <summary>Says that the component is complete and exports outputs.</summary>
    /// <param name="outputs">The outputs by name; values may be outputs or plain.</param>
    protected void RegisterOutputs(IDictionary<string, object?> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Output.Create(outputs));
    }

    /// <summary>Says that the component is complete and exports outputs.</summary>
    /// <param name="outputs">The outputs by name; values may be outputs or plain.</param>
    protected void RegisterOutputs(Task<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Output.Create(outputs));
    }

    /// <summary>Says that the component is complete and exports outputs.</summary>
    /// <param name="outputs">The outputs by name; values may be outputs or plain.</param>
    protected void RegisterOutputs(Output<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        Deployment.Internal.RegisterOutputs(this, outputs);
    }

    private static ComponentResourceOptions Checked(string type, string name, ComponentResourceOptions? options, bool remote) =>
        remote
            ? throw new NotSupportedException(
                $"Component '{name}' of type '{type}' is remote (made by a provider plugin), which the embedded engine does not support. "
                + "Build with -p:PulumiEngine=official and run with the pulumi CLI, or use a component written in C#.")
            : options ?? new ComponentResourceOptions();
}
