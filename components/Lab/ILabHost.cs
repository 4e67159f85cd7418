namespace AppStack.Components.Lab;

/// <summary>What a program sees of the lab on this host while it runs. It only looks.</summary>
public interface ILabHost
{
    /// <summary>The incarnation for the lab as a whole (its folder, script and keys).</summary>
    /// <param name="lab">The lab's name.</param>
    /// <returns>An opaque text; it differs from the last one when the lab's folder is gone.</returns>
    string Lab(string lab);

    /// <summary>The incarnation for a network.</summary>
    /// <param name="lab">The lab's name.</param>
    /// <param name="network">The network's name.</param>
    /// <returns>An opaque text; it differs from the last one when the network has to be made again.</returns>
    string Network(string lab, string network);

    /// <summary>The incarnation for a machine.</summary>
    /// <param name="lab">The lab's name.</param>
    /// <param name="machine">The machine's name.</param>
    /// <returns>An opaque text; it differs from the last one when the machine has to be started or made again.</returns>
    string Machine(string lab, string machine);
}
